package lazaret.storage.rocks.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A file of blobs of RocksDB, read without the database. It has a header of 30 bytes, then for
/// each blob a header of 32 bytes, the key and the value. Artifacts are self-verifying, because
/// their key is the SHA-256 of their value.
public final class BlobFile {
  private static final int HEADER = 30;
  private static final int RECORD = 32;
  private static final int MAX_VALUE = 1 << 30;

  private BlobFile() {}

  /// A consumer of artifacts.
  public interface Found {
    /// Receives an artifact whose bytes match their digest.
    void artifact(byte[] key, byte[] value);
  }

  /// Reads the artifacts of a file as far as its records can be followed.
  public static void read(Path file, Found found) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      long at = HEADER;
      byte[] header = new byte[RECORD];
      while (at + RECORD <= length) {
        in.seek(at);
        in.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long keyLength = fields.getLong();
        long valueLength = fields.getLong();
        long next = at + RECORD + keyLength + valueLength;
        if (keyLength != Sha256.LENGTH
            || valueLength < 0
            || valueLength > MAX_VALUE
            || next > length) {
          return;
        }
        byte[] key = new byte[Sha256.LENGTH];
        byte[] value = new byte[(int) valueLength];
        in.readFully(key);
        in.readFully(value);
        if (Sha256.of(Bytes.of(value)).equals(Sha256.fromDigest(key))) {
          found.artifact(key, value);
        }
        at = next;
      }
    }
  }
}
