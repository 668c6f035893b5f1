package org.hopscope.model.packet;

import java.util.List;

/**
 * Where things lie in a packet and how long it is. It says nothing of what the headers hold, so packets of one shape share it.
 *
 * @param linkHeaders how many headers in front belong to the link
 * @param network the place of the outermost network header; -1 where there is none
 * @param inside where the headers of the packet inside begin; behind the last header where there is none
 * @param networkLength bytes from the network header on, payload included
 * @param length all bytes
 */
record Layout(int linkHeaders, int network, int inside, int networkLength, int length) {
  static Layout of(List<Header> headers, int payload) {
    int linkHeaders = linkHeaders(headers);
    int network = -1;
    int inside = headers.size();
    int sum = payload;
    int link = 0;
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      int bytes = header.length();
      sum += bytes;
      link += i < linkHeaders ? bytes : 0;
      if (inside == headers.size()) {
        if (header instanceof Header.Carrier) {
          inside = i + 1;
        } else if (network >= 0 && header instanceof Header.Ip) {
          inside = i;
        }
      }
      if (network < 0 && header instanceof Header.Ip) {
        network = i;
      }
    }
    return new Layout(linkHeaders, network, inside, sum - link, sum);
  }

  private static int linkHeaders(List<Header> headers) {
    int count = !headers.isEmpty() && headers.getFirst() instanceof Header.Ethernet ? 1 : 0;
    while (count > 0 && count < headers.size() && headers.get(count) instanceof Header.Vlan) {
      count++;
    }
    return count;
  }

  /** With an Ethernet header put in front of a packet that has no link header. */
  Layout framed(Header.Ethernet outer) {
    return new Layout(1, network < 0 ? network : network + 1, inside + 1, length, length + outer.length());
  }

  /** Without the link headers. */
  Layout unframed() {
    return linkHeaders == 0
        ? this
        : new Layout(0, network < 0 ? network : network - linkHeaders, inside - linkHeaders, networkLength,
            networkLength);
  }
}
