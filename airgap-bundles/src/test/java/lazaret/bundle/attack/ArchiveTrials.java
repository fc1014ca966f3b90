package lazaret.bundle.attack;

import static lazaret.bundle.BundleCode.ARCHIVE_ENTRY_FORBIDDEN;
import static lazaret.bundle.BundleCode.ARCHIVE_HEADER_INVALID;
import static lazaret.bundle.BundleCode.ARCHIVE_PATH_FORBIDDEN;
import static lazaret.bundle.BundleCode.ARCHIVE_TRAILING_DATA;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lazaret.bundle.BundleCode;
import lazaret.testkit.TarBytes;

/// The archives that two readers interpret differently: attacks 57 to 61. Each is tried as a signed
/// part of a bundle, and as the single file of a bundle, which has no signature.
final class ArchiveTrials {
  private static final int BLOCK = 512;

  private ArchiveTrials() {}

  /// A modification of an archive whose first header is at offset 0.
  ///
  /// @param change the modification of the archive
  record Spoiling(
      int number, String what, BundleCode code, String says, UnaryOperator<byte[]> change) {}

  /// Returns all modifications, always in the same order.
  static List<Spoiling> all() {
    List<Spoiling> all = new ArrayList<>();
    extensions(all);
    entries(all);
    paths(all);
    sizes(all);
    ends(all);
    all.sort(Comparator.comparingInt(Spoiling::number).thenComparing(Spoiling::what));
    return all;
  }

  private static void extensions(List<Spoiling> all) {
    byte[] pax = new TarBytes().pax("size", "9").build();
    byte[] gnu = new TarBytes().longName("a".repeat(64)).build();
    byte[] global = pax.clone();
    byte[] asGlobal = AttackBundles.header(global, 0, block -> AttackBundles.put(block, 156, "g"));
    byte[] both = joined(pax, gnu);
    Map<String, byte[]> heads =
        Map.of(
            "a PAX header of another size", pax,
            "a GNU long name", gnu,
            "a PAX header before a GNU long name", both,
            "a global PAX header", asGlobal);
    heads.forEach(
        (what, head) ->
            all.add(
                new Spoiling(
                    57,
                    what,
                    ARCHIVE_HEADER_INVALID,
                    "extension header",
                    archive -> joined(head, archive))));
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  private static void entries(List<Spoiling> all) {
    Map.of(
            "1", "a hard link",
            "2", "a symbolic link",
            "3", "a character device",
            "4", "a block device",
            "5", "a directory",
            "6", "a fifo",
            "S", "a sparse file",
            "\0", "a plain file of the old form")
        .forEach(
            (type, what) ->
                all.add(
                    new Spoiling(
                        58,
                        what,
                        ARCHIVE_ENTRY_FORBIDDEN,
                        "plain files",
                        archive ->
                            AttackBundles.header(
                                archive, 0, b -> AttackBundles.put(b, 156, type)))));
  }

  private static void paths(List<Spoiling> all) {
    String hex = "a".repeat(64);
    Map.of(
            "a path that climbs", "../x",
            "an absolute path", "/etc/passwd",
            "a backslash", "targets\\x",
            "capital digits", "A".repeat(64),
            "a zero within the name", hex.substring(0, 63) + "\0x",
            "a name of 65 characters", hex + "a",
            "an escape sequence", "\u001b[2J")
        .forEach(
            (what, name) ->
                all.add(
                    new Spoiling(
                        59,
                        what,
                        ARCHIVE_PATH_FORBIDDEN,
                        "forbidden name",
                        archive -> named(archive, name))));
  }

  private static byte[] named(byte[] archive, String name) {
    return AttackBundles.header(
        archive,
        0,
        block -> {
          Arrays.fill(block, 0, 100, (byte) 0);
          AttackBundles.put(block, 0, name);
        });
  }

  private static void sizes(List<Spoiling> all) {
    Map.of(
            "a negative size", "-0000000003",
            "a size of base 256", "\u0080\0\0\0\0\0\0\0\0\0\3",
            "a size that is not octal", "00000000009",
            "a size beyond the end", "77777777777")
        .forEach(
            (what, size) ->
                all.add(
                    new Spoiling(
                        60,
                        what,
                        ARCHIVE_HEADER_INVALID,
                        "",
                        archive ->
                            AttackBundles.header(
                                archive, 0, b -> AttackBundles.put(b, 124, size)))));
    all.add(
        new Spoiling(
            60,
            "a wrong checksum",
            ARCHIVE_HEADER_INVALID,
            "checksum",
            archive -> {
              archive[150] ^= 1;
              return archive;
            }));
    all.add(
        new Spoiling(
            60,
            "bytes in the padding",
            ARCHIVE_HEADER_INVALID,
            "",
            archive -> {
              int size =
                  Integer.parseInt(
                      new String(archive, 124, 11, java.nio.charset.StandardCharsets.US_ASCII), 8);
              archive[BLOCK + size] = 'x';
              return archive;
            }));
  }

  private static void ends(List<Spoiling> all) {
    all.add(
        new Spoiling(
            61,
            "bytes behind the end",
            ARCHIVE_TRAILING_DATA,
            "",
            archive -> joined(archive, new byte[] {'x'})));
    all.add(
        new Spoiling(
            61,
            "a second archive behind the end",
            ARCHIVE_TRAILING_DATA,
            "",
            archive -> joined(archive, archive)));
    all.add(
        new Spoiling(
            61,
            "zeros behind the end",
            ARCHIVE_TRAILING_DATA,
            "",
            archive -> joined(archive, new byte[BLOCK])));
    all.add(
        new Spoiling(
            61,
            "one block of zeros at the end",
            ARCHIVE_TRAILING_DATA,
            "",
            archive -> Arrays.copyOf(archive, archive.length - BLOCK)));
    all.add(
        new Spoiling(
            61,
            "no end",
            ARCHIVE_TRAILING_DATA,
            "",
            archive -> Arrays.copyOf(archive, archive.length - 2 * BLOCK)));
  }

  /// Returns the trials with a modified and signed first part.
  static List<AttackTrial> ofParts() {
    return all().stream()
        .map(
            s ->
                AttackTrial.signed(
                    s.number(),
                    s.what() + " in a part",
                    s.code(),
                    s.says(),
                    h -> h.bundle().edit("part-0001.tar", s.change())))
        .toList();
  }
}
