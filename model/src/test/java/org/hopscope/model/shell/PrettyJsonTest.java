package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As {@code ip -j -p} of iproute2 6.1 prints it. */
class PrettyJsonTest {
  @Test
  void objectsAreSpreadAndListsOfWordsStayOnTheirLine() {
    String compact =
        "[{\"ifindex\":2,\"flags\":[\"UP\",\"a:b,{\"],\"none\":[],\"info\":[{\"local\":\"10.0.0.1\"}]},{\"x\":null}]";
    assertThat(PrettyJson.spread(compact)).containsExactly("[ {", "        \"ifindex\": 2,",
        "        \"flags\": [ \"UP\",\"a:b,{\" ],", "        \"none\": [ ],", "        \"info\": [ {",
        "                \"local\": \"10.0.0.1\"", "            } ]", "    },{", "        \"x\": null", "    } ]");
  }
}
