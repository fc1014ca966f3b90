package lazaret.bundle.format;

import static lazaret.bundle.format.Formats.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;

/// Random changes to the files of a bundle: each file is read, or refused with a code.
class FormatFuzzTest {
  private static final int ROUNDS = 1_000;

  private interface Reading {
    void read(byte[] bytes) throws IOException;
  }

  private static void survives(byte[] good, Reading reading) throws IOException {
    reading.read(good);
    for (long seed = 1; seed <= 3; seed++) {
      var mutator = new Mutator(seed);
      for (int round = Mutator.rounds(ROUNDS); round > 0; round--) {
        byte[] mutated = mutator.mutate(good);
        try {
          reading.read(mutated);
        } catch (BundleException e) {
          assertThat(e).hasMessageStartingWith("cannot ");
        } catch (RuntimeException | IOException e) {
          throw new AssertionError("seed %d, %d rounds left".formatted(seed, round), e);
        }
      }
    }
  }

  @Test
  void archives() throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new UstarWriter(out);
    for (String text : List.of("one", "two", "x".repeat(600))) {
      writer.add(Sha256.of(Bytes.utf8(text)).hex(), Bytes.utf8(text));
    }
    writer.finish();
    survives(
        out.toByteArray(),
        bytes -> {
          var in = new UstarReader(new ByteArrayInputStream(bytes), Ustar.Names.DIGESTS, "it");
          while (in.next().isPresent()) {
            assertThat(in.content(bytes.length).length()).isLessThanOrEqualTo(bytes.length);
          }
        });
  }

  @Test
  void compressedTables() throws IOException {
    Formats.Table table = Formats.text("some\nlines\nof text\n");
    survives(
        table.bytes().array(),
        bytes -> {
          try (var in =
              new TableLineReader(new ByteArrayInputStream(bytes), "it", table.length())) {
            while (in.line(10).isPresent()) {
              // Read to the end.
            }
          }
        });
  }

  @Test
  void listsOfArtifacts() throws IOException {
    var text = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      var blob =
          new Blob(
              Sha256.parse(("" + i).repeat(64)),
              1,
              1,
              512 + 1024L * i,
              CrateName.parse("serde"),
              CrateVersion.parse("1.0." + i));
      BlobTable.line(blob).writeTo(text);
    }
    survives(
        text.toByteArray(),
        bytes -> {
          var in = new BlobTable(new ByteArrayInputStream(bytes));
          while (in.next().isPresent()) {
            // Read to the end.
          }
        });
  }

  @Test
  void statements() throws IOException {
    for (SnapshotKind kind : SnapshotKind.values()) {
      survives(
          Formats.statement(kind).file().array(),
          bytes ->
              assertThat(BundleStatement.parse(Bytes.of(bytes)).file()).isEqualTo(Bytes.of(bytes)));
    }
  }

  @Test
  void envelopes() throws IOException {
    survives(
        DsseEnvelope.signed(Bytes.utf8("{}"), KEY).line().array(),
        bytes -> DsseEnvelope.parse(Bytes.of(bytes)).verified(List.of(KEY.publicKey()), 1));
  }

  @Test
  void indexTables() throws IOException {
    Formats.Table table =
        Formats.table(
            out ->
                IndexTable.write(
                    out,
                    CrateName.parse("serde"),
                    List.of(Formats.line("serde", "1.0.0", true).entry().raw())));
    survives(
        Bytes.utf8(table.unpacked()).array(),
        bytes -> {
          var in = new IndexTable(Formats.text(Bytes.of(bytes).text()).open());
          while (in.next().isPresent()) {
            // Read to the end.
          }
        });
  }

  @Test
  void advisories() throws IOException {
    List<FeedHeader> headers = new ArrayList<>();
    Formats.Table table =
        Formats.table(
            out -> headers.addAll(AdvisoryTable.write(out, List.of(Formats.feed("osv")))));
    survives(
        Bytes.utf8(table.unpacked()).array(),
        bytes -> AdvisoryTable.read(Formats.text(Bytes.of(bytes).text()).open(), headers));
  }
}
