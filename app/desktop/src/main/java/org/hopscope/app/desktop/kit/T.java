package org.hopscope.app.desktop.kit;

public final class T {
  private T() {}

  public static synchronized void m(String what) {
    String cpu = "";
    try (var in = new java.io.FileInputStream("/proc/thread-self/schedstat")) {
      cpu = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split(" ")[0];
      cpu = Long.parseLong(cpu) / 1000000 + "";
    } catch (java.io.IOException e) {
      cpu = "?";
    }
    System.err.println(System.currentTimeMillis() + " " + what);
    System.err.println("C " + what + " " + cpu + " " + Thread.currentThread().getName());
  }
}
