package lazaret.storage.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import org.junit.jupiter.api.Test;

class StoredCrateCodecTest {
  private static final CrateName DEMO = CrateName.parse("demo");
  private static final String LINE =
      "{\"name\":\"demo\",\"vers\":\"1.0.0\",\"deps\":[{\"name\":\"a\",\"req\":\"^1\"}],\"cksum\":\""
          + "ab".repeat(32)
          + "\",\"features\":{},\"yanked\":false}";

  @Test
  void keepsLinesHoweverTheyAreRead() {
    StoredCrate crate = crate(LINE);
    byte[] record = StoredCrateCodec.encode(crate);

    for (StoredCrate read :
        List.of(StoredCrateCodec.decode(record), StoredCrateCodec.decodeForeign(record))) {
      assertThat(read).isEqualTo(crate);
      assertThat(read.lines().getFirst().entry().deps())
          .isEqualTo(crate.lines().getFirst().entry().deps());
    }
  }

  @Test
  void refusesAKeyThatOccursTwice() {
    byte[] record =
        StoredCrateCodec.encode(crate(LINE.replace("\"yanked\"", "\"v\":1,\"v\":2,\"yanked\"")));

    assertThatThrownBy(() -> StoredCrateCodec.decode(record))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "cannot read the stored index file: cannot read index file of 'demo': no usable line");
  }

  @Test
  void readsForeignRecordsToTheLastDependency() {
    byte[] record = StoredCrateCodec.encode(crate(LINE.replace("\"req\":\"^1\"", "\"req\":\"!\"")));

    assertThatThrownBy(() -> StoredCrateCodec.decodeForeign(record))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "cannot read the stored index file: cannot read index file of 'demo': no usable line");
  }

  @Test
  void readsARecordOfAProgramThatKnewNoSuspectedRemovals() {
    StoredCrate crate = crate(LINE);
    byte[] old =
        new RecordWriter(RecordFormat.CRATE_WITHOUT_MISSING, 128)
            .text("demo")
            .bytes(Bytes.utf8(LINE + "\n"))
            .number(1)
            .instant(Instant.EPOCH)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .number(0)
            .finish();

    assertThat(StoredCrateCodec.decode(old)).isEqualTo(crate);
    assertThat(StoredCrateCodec.decodeForeign(old)).isEqualTo(crate);
  }

  @Test
  void keepsWhenALineWasFirstMissing() {
    StoredCrate crate = crate(LINE);
    StoredLine missing = crate.lines().getFirst().missing(Instant.EPOCH.plusSeconds(9));

    StoredCrate read =
        StoredCrateCodec.decode(
            StoredCrateCodec.encode(new StoredCrate(DEMO, List.of(missing), List.of())));

    assertThat(read.lines().getFirst().missingSince()).isEqualTo(Instant.EPOCH.plusSeconds(9));
  }

  @Test
  void keepsTheLineThatWasNotTakenOver() {
    StoredLine line = crate(LINE).lines().getFirst();
    var refused = new RefusedLine(line.entry().cksum(), Instant.EPOCH.plusSeconds(5), "more: x ^1");
    StoredLine changed =
        new StoredLine(line.entry(), null, line.firstSeen(), null, null, null, null, null, refused);

    StoredCrate read =
        StoredCrateCodec.decode(
            StoredCrateCodec.encode(new StoredCrate(DEMO, List.of(changed), List.of())));

    assertThat(read.lines().getFirst().refused()).isEqualTo(refused);
  }

  @Test
  void readsACrateFromBeforeLinesWereRefused() {
    byte[] old =
        new RecordWriter(RecordFormat.CRATE_WITHOUT_REFUSED, 128)
            .text("demo")
            .bytes(Bytes.utf8(LINE + "\n"))
            .number(1)
            .instant(Instant.EPOCH)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .u8(0)
            .number(0)
            .finish();

    assertThat(StoredCrateCodec.decode(old)).isEqualTo(crate(LINE));
  }

  /// Returns a crate with one good entry and the given raw line.
  private static StoredCrate crate(String raw) {
    IndexEntry good =
        IndexFile.parse(DEMO, Bytes.utf8(LINE), IndexLimits.DEFAULT).entries().getFirst();
    IndexEntry entry =
        new IndexEntry(
            Bytes.utf8(raw),
            good.name(),
            good.version(),
            good.deps(),
            good.cksum(),
            false,
            null,
            null,
            null,
            1);
    return new StoredCrate(DEMO, List.of(StoredLine.first(entry, Instant.EPOCH, null)), List.of());
  }
}
