package org.hopscope.app.desktop.canvas;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Scale;
import org.hopscope.app.desktop.canvas.tools.Palette;

/** The icons of the palette: line drawings of one family, on a square of 24 drawn at 20. */
final class Icons {
  private static final double SCALE = 20 / 24.0;

  private Icons() {}

  static Node of(Palette tool) {
    SVGPath path = new SVGPath();
    path.setContent(switch (tool) {
      case SELECT -> "m5 3 6.5 16 2.3-6.7L20.5 10 5 3Z";
      case HOST -> "M6 4H18A3 3 0 0 1 21 7V17A3 3 0 0 1 18 20H6A3 3 0 0 1 3 17V7A3 3 0 0 1 6 4ZM3 9H21";
      case NETNS -> "M6 5H18A3 3 0 0 1 21 8V16A3 3 0 0 1 18 19H6A3 3 0 0 1 3 16V8A3 3 0 0 1 6 5Z";
      case BRIDGE -> "M5 8H19A2.5 2.5 0 0 1 21.5 10.5V13.5A2.5 2.5 0 0 1 19 16H5A2.5 2.5 0 0 1 2.5 13.5V10.5"
          + "A2.5 2.5 0 0 1 5 8ZM7 8V16M12 8V16M17 8V16";
      case VETH -> "M2.5 12A2.5 2.5 0 1 0 7.5 12A2.5 2.5 0 1 0 2.5 12M16.5 12A2.5 2.5 0 1 0 21.5 12"
          + "A2.5 2.5 0 1 0 16.5 12M7.5 12H16.5";
      case CABLE -> "M4 8H7A1.5 1.5 0 0 1 8.5 9.5V14.5A1.5 1.5 0 0 1 7 16H4A1.5 1.5 0 0 1 2.5 14.5V9.5"
          + "A1.5 1.5 0 0 1 4 8ZM17 8H20A1.5 1.5 0 0 1 21.5 9.5V14.5A1.5 1.5 0 0 1 20 16H17A1.5 1.5 0 0 1 15.5 14.5V9.5"
          + "A1.5 1.5 0 0 1 17 8ZM8.5 12C11 12 13 12 15.5 12";
      case MACVLAN ->
          "M5 15H19A2 2 0 0 1 21 17V18A2 2 0 0 1 19 20H5A2 2 0 0 1 3 18V17A2 2 0 0 1 5 15ZM5 4H9V9H5ZM15 4H19V9H15Z"
              + "M7 9V15M17 9V15";
      case IPVLAN ->
          "M5 15H19A2 2 0 0 1 21 17V18A2 2 0 0 1 19 20H5A2 2 0 0 1 3 18V17A2 2 0 0 1 5 15ZM4.500 6.500"
              + "A2.500 2.500 0 1 0 9.500 6.500A2.500 2.500 0 1 0 4.500 6.500M14.500 6.500A2.500 2.500 0 1 0 19.500 6.500"
              + "A2.500 2.500 0 1 0 14.500 6.500M7 9V15M17 9V15";
      case VLAN -> "M4 6H13L20 12L13 18H4ZM8 9.500V14.500M11.500 9.500V14.500";
      case BOND -> "M3 7H9M3 17H9M9 7C13 7 12 12 16 12M9 17C13 17 12 12 16 12M16 12H21";
      case TUN -> "M3 18V12A9 9 0 0 1 21 12V18M8 18V13A4 4 0 0 1 16 13V18";
      case TAP -> "M3 18V12A9 9 0 0 1 21 12V18M8 18V13H16V18M3 18H21";
      case WIREGUARD ->
          "M12 3L19.500 6V12C19.500 16.500 16 19.500 12 21C8 19.500 4.500 16.500 4.500 12V6ZM12 10.500V14.500"
              + "M10.500 9.500A1.500 1.500 0 1 0 13.500 9.500A1.500 1.500 0 1 0 10.500 9.500";
      case VXLAN -> "M3 8.500H21V15.500H3ZM7 8.500V15.500M17 8.500V15.500M10 12H14";
      case GENEVE -> "M3 8.500H21V15.500H3ZM7 8.500V15.500M17 8.500V15.500M12 10.500V13.500M10.500 12H13.500";
      case GRE -> "M7 8H17A4 4 0 0 1 17 16H7A4 4 0 0 1 7 8ZM10.500 12H15";
      case GRETAP -> "M7 7H17A4 4 0 0 1 17 15H7A4 4 0 0 1 7 7ZM10.500 11H15M4 19H20";
      case IPIP ->
          "M7 7H17A5 5 0 0 1 17 17H7A5 5 0 0 1 7 7ZM9 10.500H15A1.500 1.500 0 0 1 15 13.500H9A1.500 1.500 0 0 1 9 10.500Z";
      case SIT -> "M7 7H17A5 5 0 0 1 17 17H7A5 5 0 0 1 7 7ZM8.500 12H15.500M8.500 10V14M15.500 10V14";
      case OVS ->
          "M5 8H19A2.5 2.5 0 0 1 21.500 10.500V13.500A2.500 2.500 0 0 1 19 16H5A2.500 2.500 0 0 1 2.500 13.500V10.500"
              + "A2.500 2.500 0 0 1 5 8ZM6.500 12H14M11.500 9.800 14 12 11.500 14.200M17.500 9.800V14.200";
      case CLUSTER ->
          "M12 3L19.800 7V16L12 20.500L4.200 16V7ZM12 8.500A3.500 3.500 0 1 0 12 15.500A3.500 3.500 0 1 0 12 8.500";
      case DEPLOYMENT -> "M4 5H14V15H4ZM7.500 15V18.500H18V8.500H14";
      case POD ->
          "M12 3.500L19.500 7.500V16.500L12 20.500L4.500 16.500V7.500ZM4.500 7.500L12 11.500L19.500 7.500M12 11.500V20.500";
      case SERVICE -> "M3 12H8M8 12L14 6H20M8 12H20M8 12L14 18H20";
      case POLICY ->
          "M12 3L19.500 6V12C19.500 16.500 16 19.500 12 21C8 19.500 4.500 16.500 4.500 12V6ZM8.500 12H15.500";
      case INGRESS -> "M3 5V19M7 12H20M15.500 7.500L20 12L15.500 16.500";
      case CONTAINER -> "M3.500 7H20.500V17H3.500ZM8 10V14M12 10V14M16 10V14";
      case NETWORK -> "M3 12H21M7 12V7M17 12V7M12 12V17M5 4.500H9V7H5ZM15 4.500H19V7H15ZM10 17H14V19.500H10Z";
      case NOTE -> "M5 4H19V14L14 19H5ZM14 19V14H19M8 8.500H16M8 12H13";
      case GROUP ->
          "M4 7V5.500A1.500 1.500 0 0 1 5.500 4H8M11 4H14M17 4H18.500A1.500 1.500 0 0 1 20 5.500V7M20 10V14M20 17"
              + "V18.500A1.500 1.500 0 0 1 18.500 20H17M14 20H11M8 20H5.500A1.500 1.500 0 0 1 4 18.500V17M4 14V10";
      case DUMMY -> "M6 8H18A2.5 2.5 0 0 1 20.5 10.5V13.5A2.5 2.5 0 0 1 18 16H6A2.5 2.5 0 0 1 3.5 13.5V10.5"
          + "A2.5 2.5 0 0 1 6 8ZM10 10.500 14 13.500M14 10.500 10 13.500";
    });
    if (tool == Palette.NETNS) {
      path.getStrokeDashArray().setAll(3.5, 3.4);
    }
    return sized(path);
  }

  /** Three dots: there are more. */
  static Node more() {
    SVGPath path = new SVGPath();
    path.setContent("M5 12h.1M12 12h.1M19 12h.1");
    path.setStyle("-fx-stroke-width: 3.2;");
    return sized(path);
  }

  private static Node sized(SVGPath path) {
    path.getStyleClass().add("canvas-icon");
    Group sized = new Group(path);
    sized.getTransforms().add(new Scale(SCALE, SCALE));
    return new Group(sized);
  }
}
