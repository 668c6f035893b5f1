package org.hopscope.model.lab;

/** The error numbers of errno(3) that the model's kernel answers with, and what strerror(3) says of them. */
public enum Errno {
  EEXIST("File exists"), ENODEV("No such device"), ENOENT("No such file or directory"), ESRCH("No such process"),
  ENETUNREACH("Network is unreachable"), ENETDOWN("Network is down"), EHOSTUNREACH("No route to host"),
  EOPNOTSUPP("Operation not supported"), EADDRNOTAVAIL("Cannot assign requested address"),
  EBUSY("Device or resource busy"), ELOOP("Too many levels of symbolic links"), EPERM("Operation not permitted"),
  EACCES("Permission denied"), ERANGE("Numerical result out of range"), EINVAL("Invalid argument"),
  EADDRINUSE("Address already in use"), EXFULL("Exchange full"), EMSGSIZE("Message too long"),
  ENOTEMPTY("Directory not empty"),
  ENOSPC("No space left on device"), EAFNOSUPPORT("Address family not supported by protocol"),
  ENOBUFS("No buffer space available"),
  ENOTCONN("Transport endpoint is not connected"), ENOKEY("Required key not available"),
  EDESTADDRREQ("Destination address required"), ENONET("Machine is not on the network");

  private final String text;

  Errno(String text) {
    this.text = text;
  }

  /** What strerror(3) says. */
  public String text() {
    return text;
  }
}
