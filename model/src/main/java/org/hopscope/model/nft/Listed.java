package org.hopscope.model.nft;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Things with names in the order in which they were made. Immutable.
 *
 * @param items by their numbers, which are counted up
 * @param ids the numbers by name
 */
public record Listed<T extends Listed.Item>(PSortedMap<Integer, T> items, PMap<String, Integer> ids)
    implements Iterable<T> {
  /** Something with a name and a number. */
  public interface Item {
    /** Its name. */
    String name();

    /** Its numbers. */
    NftSet.Place place();
  }

  static <T extends Item> Listed<T> none() {
    return new Listed<>(TreePMap.empty(), HashTreePMap.empty());
  }

  /** The one of a name. */
  public Optional<T> find(String name) {
    return Optional.ofNullable(ids.get(name)).map(items::get);
  }

  Listed<T> with(T item) {
    return new Listed<>(items.plus(item.place().id(), item), ids.plus(item.name(), item.place().id()));
  }

  Listed<T> without(T item) {
    return new Listed<>(items.minus(item.place().id()), ids.minus(item.name()));
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  public Stream<T> stream() {
    return items.values().stream();
  }

  @Override
  public Iterator<T> iterator() {
    return items.values().iterator();
  }
}
