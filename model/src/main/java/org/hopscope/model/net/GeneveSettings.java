package org.hopscope.model.net;

/**
 * What is peculiar to a geneve (kernel struct geneve_config, RFC 8926).
 *
 * @param id the network's number (VNI), 0 to 16777215
 * @param port the UDP port that it hears on and sends to, 1 to 65535
 * @param checksum whether UDP headers outside have a checksum; with IPv6 they always have
 * @param df the DF flag outside
 */
public record GeneveSettings(int id, int port, boolean checksum, VxlanSettings.Df df) {
  /** The registered port, which a kernel takes unless it is told one. */
  public static final int KERNEL_PORT = 6081;

  /** With another DF flag. */
  public GeneveSettings withDf(VxlanSettings.Df value) {
    return new GeneveSettings(id, port, checksum, value);
  }
}
