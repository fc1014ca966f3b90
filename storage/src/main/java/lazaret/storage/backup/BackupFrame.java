package lazaret.storage.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;
import lazaret.vetting.MalformedException;

/// One record of a backup with its kind: a byte, the lengths of key and value, then both.
///
/// @param key the key of the kind; empty if it has none
/// @param value the record; empty for an artifact whose bytes are a file of an archive
@SuppressWarnings("ArrayRecordComponent") // written or decoded at once, never compared
record BackupFrame(BackupFrameKind kind, byte[] key, byte[] value) {
  private static final int HEAD = 9;
  private static final int MAX_KEY = 64 << 10;

  /// Returns the number of bytes of the frame.
  long length() {
    return (long) HEAD + key.length + value.length;
  }

  /// Returns a number that depends on all bytes of key and value.
  long checksum() {
    var crc = new CRC32C();
    crc.update(key, 0, key.length);
    crc.update(value, 0, value.length);
    return crc.getValue();
  }

  /// Writes the frame.
  void writeTo(DataOutputStream out) throws IOException {
    out.writeByte(kind.code());
    out.writeInt(key.length);
    out.writeInt(value.length);
    out.write(key);
    out.write(value);
  }

  /// Reads a frame.
  ///
  /// @param left the number of bytes up to the end of the file
  /// @throws MalformedException if it is damaged or cut off
  static BackupFrame read(DataInputStream in, long left) throws IOException {
    if (left < HEAD) {
      throw new MalformedException("a frame is cut off");
    }
    int code = in.readUnsignedByte();
    int keyLength = in.readInt();
    int valueLength = in.readInt();
    BackupFrameKind kind = BackupFrameKind.of(code);
    // No memory is allocated for lengths that exceed the file.
    if (kind == null
        || keyLength < 0
        || keyLength > MAX_KEY
        || valueLength < 0
        || (long) HEAD + keyLength + valueLength > left) {
      throw new MalformedException("a frame is damaged");
    }
    byte[] key = in.readNBytes(keyLength);
    byte[] value = in.readNBytes(valueLength);
    if (key.length != keyLength || value.length != valueLength) {
      throw new MalformedException("a frame is cut off");
    }
    return new BackupFrame(kind, key, value);
  }
}
