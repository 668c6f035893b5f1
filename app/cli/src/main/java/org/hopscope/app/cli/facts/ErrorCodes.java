package org.hopscope.app.cli.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Short names for why a configuration command failed, told by what it says: the oracle's table, first match wins. */
final class ErrorCodes {
  private static final Map<Pattern, String> CODES = new LinkedHashMap<>();

  static {
    // What getaddrinfo(3) says to a program of the oracle's own is no error number.
    add("\\AAddress family for hostname not supported", "OTHER");
    add("File exists|already assigned|already exists|same name exists in the target", "EEXIST");
    add("Cannot find device|No such device|Device does not exist|Device \\S+ does not exist|does not exist!|"
        + "doesn't exist; can't|Device \\S+ not available", "ENODEV");
    add("Cannot open network namespace|No such file or directory|nothing served there|not attached|"
        + "No chain/target/match|table '\\S+' does not exist|does a matching rule exist|Chain .* does not exist|"
        + "Index of (insertion|deletion|replace)\\w* too big|Couldn't load match|Couldn't load target|"
        + "0 flow entries have been", "ENOENT");
    add("No such process", "ESRCH");
    add("Nexthop has invalid gateway|Network is unreachable", "ENETUNREACH");
    add("Device for nexthop is not up|Nexthop device is not up|Network is down", "ENETDOWN");
    add("No route to host", "EHOSTUNREACH");
    add("Unknown device type|Operation not supported|not supported", "EOPNOTSUPP");
    add("Cannot assign requested address|Address not found", "EADDRNOTAVAIL");
    add("RTNETLINK answers: Address already in use", "EBUSY");
    add("Address already in use", "EADDRINUSE");
    add("Device or resource busy|still up; can't delete|Resource busy|in use", "EBUSY");
    add("Too many links|Directory not empty|Too many levels", "ELOOP");
    add("Operation not permitted", "EPERM");
    add("Permission denied|IPv6 is disabled on this device", "EACCES");
    add("Numerical result out of range", "ERANGE");
    add("is not a (slave|port)|can't add|Invalid argument|invalid argument|Invalid (prefix|scope|address|source|"
        + "gateway|mtu|prefsrc)|policy validation|mtu (less|greater) than|Can not enslave|not a bridge|"
        + "Egress device not specified", "EINVAL");
    add("Usage:|is garbage|unknown (command|option)|Command .* is unknown|is invalid|either .* is duplicate|"
        + "not enough information|Incomplete command|Not enough|required|expected|Bad argument|bad address|"
        + "unrecognized|wrong|illegal|unknown key|Can't use -\\w with|invalid port/service|host/network .* not found|"
        + "bad value|must be|Bad policy name|Bad built-in chain name|no source address|missing virtual network|already serving|unknown probe option|bad target",
        "EUSAGE");
  }

  private ErrorCodes() {
  }

  private static void add(String pattern, String code) {
    CODES.put(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), code);
  }

  /** The code for what a command said. */
  static String of(List<String> err, List<String> out) {
    String text = String.join("\n", err) + "\n" + String.join("\n", out);
    return CODES.entrySet().stream().filter(e -> e.getKey().matcher(text).find()).findFirst().map(Map.Entry::getValue)
        .orElse("OTHER");
  }
}
