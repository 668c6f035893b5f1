package org.hopscope.model.nft;

import java.util.Optional;

/** A counter with a name: what it has counted is kept under its number. */
public record NftCounter(String name, NftSet.Place place, Optional<String> comment)
    implements Listed.Item {
}
