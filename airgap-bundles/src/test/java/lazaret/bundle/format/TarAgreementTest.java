package lazaret.bundle.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.BundleException;
import lazaret.testkit.Mutator;
import lazaret.testkit.TarBytes;
import lazaret.testkit.TarBytes.Header;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A property: GNU tar reads the same entries from every archive that this program accepts, without
/// errors. Archives that only GNU tar reads are refused.
class TarAgreementTest {
  private static final int BLOCK = 512;

  @TempDir Path folder;

  /// The content of an archive according to a reader.
  record Seen(List<String> entries, Bytes contents) {}

  @BeforeAll
  static void gnuTar() throws IOException, InterruptedException {
    String version;
    try {
      Process tar = new ProcessBuilder("tar", "--version").redirectErrorStream(true).start();
      version = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      tar.waitFor();
    } catch (IOException _) {
      version = "";
    }
    assumeTrue(version.contains("GNU tar"), "skipped: no GNU tar");
  }

  @Test
  void gnuTarSeesWhatWeSee() throws IOException, InterruptedException {
    int read = 0;
    for (long seed = 1; seed <= Mutator.rounds(300); seed++) {
      byte[] archive = archive(new Mutator(seed));
      Optional<Seen> ours = ours(archive);
      if (ours.isPresent()) {
        read++;
        assertThat(gnu(archive)).as("seed %d", seed).isEqualTo(ours.get());
      }
    }
    // Most archives are refused; enough must remain for a meaningful comparison.
    assertThat(read).isGreaterThan(50);
  }

  /// Returns an archive with some entries, possibly one of another form, some changed bytes, and an
  /// end.
  private static byte[] archive(Mutator random) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int entries = 1 + random.below(4); entries > 0; entries--) {
      Bytes content = Bytes.utf8("x".repeat(random.below(3) * random.below(700)));
      if (random.below(12) == 0) {
        out.writeBytes(strange(random, content));
      } else {
        var writer = new UstarWriter(out);
        writer.add(Sha256.of(Bytes.utf8("" + random.below(99))).hex(), content);
      }
    }
    for (int blocks = random.below(8) == 0 ? random.below(5) : 2; blocks > 0; blocks--) {
      out.writeBytes(new byte[BLOCK]);
    }
    byte[] archive = out.toByteArray();
    for (int changes = random.below(3); changes > 0; changes--) {
      random.mutateInPlace(archive, at -> repair(archive, at / BLOCK * BLOCK));
    }
    return archive;
  }

  private static byte[] strange(Mutator random, Bytes content) {
    String name = "a".repeat(64);
    byte[] bytes = content.array();
    var tar = new TarBytes();
    return switch (random.below(6)) {
      case 0 -> tar.pax("size", "" + random.below(900)).file(name, bytes).build();
      case 1 -> tar.longName("b".repeat(120)).file(name, bytes).build();
      case 2 -> tar.entry(Header.of('0', name, bytes.length).ustar("p"), bytes).build();
      case 3 -> tar.directory(name).build();
      case 4 -> tar.symlink(name, "x").build();
      default -> tar.entry(Header.of('0', name, bytes.length).old(), bytes).build();
    };
  }

  /// Corrects the checksum of a block that may be a header.
  private static void repair(byte[] archive, int block) {
    if (block + BLOCK > archive.length || archive[block + 257] != 'u') {
      return;
    }
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : archive[block + i] & 0xff;
    }
    byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, archive, block + 148, text.length);
  }

  private static Optional<Seen> ours(byte[] archive) throws IOException {
    List<String> entries = new ArrayList<>();
    var contents = new ByteArrayOutputStream();
    var in = new UstarReader(new ByteArrayInputStream(archive), Ustar.Names.DIGESTS, "it");
    try {
      for (Optional<Ustar.Entry> e = in.next(); e.isPresent(); e = in.next()) {
        entries.add(e.get().size() + " " + e.get().name());
        in.content(1 << 20).writeTo(contents);
      }
    } catch (BundleException _) {
      return Optional.empty();
    }
    return Optional.of(new Seen(entries, Bytes.of(contents.toByteArray())));
  }

  private Seen gnu(byte[] archive) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("it.tar"), archive);
    // Mode, owner, size, date, time, name.
    List<String> entries =
        new String(tar("-tvf", file).array(), StandardCharsets.ISO_8859_1)
            .lines()
            .map(line -> line.trim().split(" +", 6))
            .peek(fields -> assertThat(fields).as(Arrays.toString(fields)).hasSize(6))
            .peek(fields -> assertThat(fields[0] + fields[1]).isEqualTo("-r--r--r--0/0"))
            .map(fields -> fields[2] + " " + fields[5])
            .toList();
    return new Seen(entries, tar("-xOf", file));
  }

  private static Bytes tar(String verb, Path file) throws IOException, InterruptedException {
    Path said = file.resolveSibling("said");
    List<String> command =
        Stream.of("tar", "--numeric-owner", "--quoting-style=literal", verb, file.toString())
            .toList();
    var builder = new ProcessBuilder(command).redirectError(said.toFile());
    builder.environment().put("LC_ALL", "C");
    Process tar = builder.start();
    byte[] out = tar.getInputStream().readAllBytes();
    assertThat(tar.waitFor()).as(Files.readString(said)).isZero();
    assertThat(said).isEmptyFile();
    return Bytes.of(out);
  }
}
