package lazaret.storage.rocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.text.Coded;

/// The keys of rows. Names are collision keys. Names and versions cannot contain a zero byte, so
/// one after each distinguishes `a` + `b1` from `ab` + `1`. Numbers are big-endian, so that bytes
/// sort as they do.
final class RowKeys {
  static final byte[] SCHEMA = ascii("schema");
  static final byte[] EMPTY = new byte[0];

  private RowKeys() {}

  /// Returns the value of [#SCHEMA] in a database of this version.
  static byte[] schema() {
    return ascii(Integer.toString(DataFolder.SCHEMA));
  }

  static byte[] crate(CrateName name) {
    return ascii(name.collisionKey());
  }

  /// Returns the prefix of all keys of a crate in a family by crate and version.
  static byte[] cratePrefix(CrateName name) {
    return ascii(name.collisionKey() + '\0');
  }

  static byte[] version(CrateName name, CrateVersion version) {
    return ascii(name.collisionKey() + '\0' + version.text());
  }

  static byte[] decision(CrateId id, long sequence) {
    byte[] version = version(id.name(), id.version());
    return ByteBuffer.allocate(version.length + 1 + Long.BYTES)
        .put(version)
        .put((byte) 0)
        .putLong(sequence)
        .array();
  }

  /// Returns crate, version and time; times after 1970 sort as their bytes do.
  static byte[] verdict(CrateId id, Instant at) {
    byte[] version = version(id.name(), id.version());
    return ByteBuffer.allocate(version.length + 1 + Long.BYTES + Integer.BYTES)
        .put(version)
        .put((byte) 0)
        .putLong(at.getEpochSecond())
        .putInt(at.getNano())
        .array();
  }

  /// Returns crate and sequence: the rows of one crate follow each other, oldest first.
  static byte[] snapshotCrate(CrateName name, long sequence) {
    byte[] prefix = cratePrefix(name);
    return ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(sequence).array();
  }

  /// Returns the collision key at the beginning of the key of a crate of a snapshot.
  static String collisionKey(byte[] key) {
    return new String(key, 0, key.length - Long.BYTES - 1, StandardCharsets.US_ASCII);
  }

  static byte[] sequence(long sequence) {
    return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
  }

  /// Returns the sequence at the end of the key of a decision or of a crate of a snapshot.
  static long sequenceAtEnd(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  static byte[] sha256(Sha256 cksum) {
    return cksum.bytes();
  }

  /// Returns the prefix of the keys of the downloads on a day.
  static byte[] day(LocalDate day) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(Math.toIntExact(day.toEpochDay())).array();
  }

  /// Returns the day at the beginning of the key of a download.
  static LocalDate day(byte[] key) {
    return LocalDate.ofEpochDay(ByteBuffer.wrap(key).getInt());
  }

  /// Returns whether a key begins with a prefix.
  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /// Returns the prefix of the keys of the downloads of a version on a day.
  static byte[] accesses(LocalDate day, CrateName name, CrateVersion version) {
    byte[] key = version(name, version);
    return ByteBuffer.allocate(Integer.BYTES + key.length + 1)
        .putInt(Math.toIntExact(day.toEpochDay()))
        .put(key)
        .put((byte) 0)
        .array();
  }

  /// Returns day, crate, version, digest, token and address. The token is the only part with
  /// arbitrary bytes, so its length precedes it.
  static byte[] access(DownloadRecord access) {
    byte[] version = version(access.id().name(), access.id().version());
    byte[] token = access.token().getBytes(StandardCharsets.UTF_8);
    byte[] address = access.address().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(
            2 * Integer.BYTES + version.length + 1 + Sha256.LENGTH + token.length + address.length)
        .putInt(Math.toIntExact(access.day().toEpochDay()))
        .put(version)
        .put((byte) 0)
        .put(access.id().cksum().bytes())
        .putInt(token.length)
        .put(token)
        .put(address)
        .array();
  }

  /// Returns the key of a feed, whose name is plain ASCII.
  static byte[] feed(String name) {
    return ascii(name);
  }

  /// Returns table and key of a row of the desk. With an empty key, this is the prefix of the
  /// table.
  static byte[] desk(DeskTable table, String key) {
    return (table.code() + '\0' + key).getBytes(StandardCharsets.UTF_8);
  }

  /// Returns the row of the desk that has a key.
  static DeskRow desk(byte[] key, Bytes value) {
    String text = new String(key, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    DeskTable table = Coded.parse(DeskTable.class, text.substring(0, end));
    return new DeskRow(table, text.substring(end + 1), value);
  }

  /// Returns the key of a small named value, distinct from the store's own keys.
  static byte[] meta(String name) {
    return ("value\0" + name).getBytes(StandardCharsets.UTF_8);
  }

  static String metaName(byte[] key) {
    int prefix = "value\0".length();
    return new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
