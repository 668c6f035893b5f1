package org.hopscope.app.desktop.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/** Writes images as PNG files (RFC 2083): eight bits a channel, no filter, one block of data. */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int CHANNELS = 3;

  private Png() {}

  /** The bytes of a file that shows an image, which must be opaque. */
  public static byte[] of(Image image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    byte[] pixels = new byte[width * 4];
    byte[] row = new byte[1 + width * CHANNELS];
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(data, new Deflater(Deflater.DEFAULT_COMPRESSION))) {
      for (int y = 0; y < height; y++) {
        image.getPixelReader().getPixels(0, y, width, 1, PixelFormat.getByteBgraInstance(), pixels, 0, width * 4);
        for (int x = 0; x < width; x++) {
          row[1 + x * CHANNELS] = pixels[x * 4 + 2];
          row[2 + x * CHANNELS] = pixels[x * 4 + 1];
          row[3 + x * CHANNELS] = pixels[x * 4];
        }
        packed.write(row);
      }
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    chunk(file, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 2).array());
    chunk(file, "IDAT", data.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String kind, byte[] data) {
    byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
