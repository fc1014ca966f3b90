package lazaret.bundle.attack;

import static lazaret.bundle.BundleCode.LIMIT_EXCEEDED;
import static lazaret.bundle.BundleCode.PART_DAMAGED;
import static lazaret.bundle.BundleCode.PART_MISSING;
import static lazaret.bundle.BundleCode.TABLE_HASH_MISMATCH;
import static lazaret.bundle.BundleCode.TABLE_MALFORMED;
import static lazaret.bundle.BundleCode.UNEXPECTED_FILE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.attack.AttackTrial.Hands;
import lazaret.bundle.format.BundleTarget;
import lazaret.testkit.Gzip;
import lazaret.vetting.Bytes;

/// The attacks on the files of a bundle on a medium: numbers 62 to 64.
final class MediumTrials {
  private static final String PART = BundleTarget.part(2);
  private static final BundleTarget INDEX = BundleTarget.INDEX;

  private MediumTrials() {}

  static List<AttackTrial> all() {
    List<AttackTrial> all = new ArrayList<>();
    tables(all);
    lengths(all);
    parts(all);
    files(all);
    return all;
  }

  private static void tables(List<AttackTrial> all) {
    all.add(
        AttackTrial.of(
            62,
            "a bomb in place of a table",
            TABLE_HASH_MISMATCH,
            "'index.ndjson.gz'",
            MediumTrials::bomb));
    all.add(
        AttackTrial.signed(
            62, "a bomb that is signed", LIMIT_EXCEEDED, "index.ndjson.gz", MediumTrials::bomb));
    all.add(
        AttackTrial.signed(
            62,
            "a table with a second member",
            TABLE_MALFORMED,
            "follows the compressed data",
            h -> h.bundle().edit(INDEX.path(), t -> joined(t, Gzip.member(new byte[9]).array()))));
    all.add(
        AttackTrial.signed(
            62,
            "a table that names itself in its header",
            TABLE_MALFORMED,
            "without name and time",
            h ->
                h.bundle()
                    .edit(
                        INDEX.path(),
                        table -> {
                          table[3] = 8;
                          return table;
                        })));
  }

  private static void lengths(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            62,
            "a table longer than the statement says",
            LIMIT_EXCEEDED,
            "index.ndjson.gz",
            h -> h.bundle().sayLength(INDEX, length(h) - 1)));
    all.add(
        AttackTrial.signed(
            62,
            "a table shorter than the statement says",
            TABLE_MALFORMED,
            "are signed",
            h -> h.bundle().sayLength(INDEX, length(h) + 1)));
    all.add(
        AttackTrial.signed(
            62,
            "a table of a length that the statement does not say",
            TABLE_MALFORMED,
            "index.ndjson.gz",
            h -> h.bundle().unsayLength(INDEX)));
    all.add(
        AttackTrial.signed(
            62,
            "a table that is cut off",
            TABLE_MALFORMED,
            "index.ndjson.gz",
            h -> h.bundle().edit(INDEX.path(), t -> Arrays.copyOf(t, t.length / 2))));
    all.add(
        AttackTrial.signed(
            62,
            "a crate that says to have a million lines",
            TABLE_MALFORMED,
            "are cut off",
            h ->
                h.bundle()
                    .editLines(INDEX, _ -> List.of("{\"crate\":\"alpha\",\"lines\":999999}"))));
  }

  private static long length(Hands h) {
    return Gzip.decompress(h.bundle().get(INDEX.path())).length;
  }

  private static void bomb(Hands h) {
    Bytes bomb = Gzip.bomb(new byte[0], 64L << 20, new byte[0]);
    h.bundle().put(INDEX.path(), bomb);
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  private static void parts(List<AttackTrial> all) {
    all.add(
        AttackTrial.of(
            63, "a part is missing", PART_MISSING, "'part-0002.tar'", h -> h.bundle().lose(PART)));
    all.add(
        AttackTrial.of(
            63,
            "a part is cut off",
            PART_DAMAGED,
            "'part-0002.tar'",
            h -> h.bundle().edit(PART, part -> Arrays.copyOf(part, part.length - 512))));
    all.add(
        AttackTrial.of(
            63,
            "a part has grown",
            PART_DAMAGED,
            "'part-0002.tar'",
            h -> h.bundle().edit(PART, part -> Arrays.copyOf(part, part.length + 512))));
    all.add(
        AttackTrial.of(
            63,
            "a part is empty",
            PART_DAMAGED,
            "'part-0002.tar'",
            h -> h.bundle().put(PART, Bytes.EMPTY)));
    all.add(
        AttackTrial.of(
            63,
            "a part is all zeros",
            PART_DAMAGED,
            "'part-0002.tar'",
            h -> h.bundle().edit(PART, part -> new byte[part.length])));
    all.add(
        AttackTrial.of(
            63,
            "a part of another bundle under its own name",
            PART_DAMAGED,
            "part-0002.tar",
            h -> {
              h.bundle().put(PART, h.bundle().get(BundleTarget.part(1)));
              h.bundle().rename(PART);
            }));
    all.add(
        AttackTrial.of(
            63,
            "a part of another bundle under the name of this one's",
            PART_DAMAGED,
            "'part-0002.tar'",
            h -> h.bundle().put(PART, h.bundle().get(BundleTarget.part(1)))));
    all.add(
        AttackTrial.signed(
            63,
            "a part fewer than the statement counts",
            TABLE_MALFORMED,
            "counts 9 parts",
            h -> h.bundle().say("contents.parts", 9)));
  }

  private static void files(List<AttackTrial> all) {
    all.add(
        AttackTrial.of(
            64,
            "a file that nothing names",
            UNEXPECTED_FILE,
            "'targets/readme.txt'",
            h -> h.bundle().add("targets/readme.txt", new byte[9])));
    all.add(
        AttackTrial.of(
            64,
            "an old part in addition to the signed one",
            UNEXPECTED_FILE,
            "part-0002.tar",
            h -> h.bundle().add("targets/" + "ab".repeat(32) + ".part-0002.tar", new byte[9])));
    all.add(
        AttackTrial.of(
            64,
            "metadata that is none",
            UNEXPECTED_FILE,
            "'readme.txt'",
            h -> h.bundle().add("metadata/readme.txt", new byte[9])));
    all.add(
        AttackTrial.of(
                64, "a script for a careless operator", UNEXPECTED_FILE, "'verify.sh'", _ -> {})
            .spoiling(folder -> Files.writeString(folder.resolve("verify.sh"), "true")));
    all.add(
        AttackTrial.of(
                64, "a link in place of a part", UNEXPECTED_FILE, "not a plain file", _ -> {})
            .spoiling(
                folder -> {
                  Path part = part(folder);
                  Path moved = folder.resolveSibling("moved");
                  Files.move(part, moved);
                  Files.createSymbolicLink(part, moved.toAbsolutePath());
                }));
    all.add(
        AttackTrial.of(
                64, "a folder in place of a part", UNEXPECTED_FILE, "not a plain file", _ -> {})
            .spoiling(
                folder -> {
                  Path part = part(folder);
                  Files.delete(part);
                  Files.createDirectory(part);
                }));
  }

  private static Path part(Path folder) throws java.io.IOException {
    try (Stream<Path> files = Files.list(folder.resolve("targets"))) {
      return files.filter(f -> f.toString().endsWith(PART)).findFirst().orElseThrow();
    }
  }
}
