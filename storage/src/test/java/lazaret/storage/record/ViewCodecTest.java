package lazaret.storage.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.index.IndexView;
import org.junit.jupiter.api.Test;

class ViewCodecTest {
  @Test
  void aViewOfAProgramThatDidNotKeepItsTimeIsReadAndDoesNotHold() {
    IndexView view = StoreSamples.view("lines");
    byte[] old =
        new RecordWriter(RecordFormat.VIEW_WITHOUT_TIME, 128)
            .text(view.etag())
            .text(view.generation())
            .maybe(view.validUntil(), RecordWriter::instant)
            .bytes(view.gzip())
            .bytes(view.body())
            .finish();

    IndexView read = ViewCodec.decode(old, old.length);

    assertThat(read.body()).isEqualTo(view.body());
    assertThat(read.madeAt()).isNull();
    assertThat(read.holdsAt(StoreSamples.NOON, view.generation())).isFalse();
  }

  @Test
  void aViewHoldsFromWhenItWasMadeAndNotBefore() {
    IndexView view = StoreSamples.view("lines");
    byte[] record = ViewCodec.encode(view);
    IndexView read = ViewCodec.decode(record, record.length);
    Instant made = StoreSamples.NOON;

    assertThat(read).isEqualTo(view);
    assertThat(read.holdsAt(made, view.generation())).isTrue();
    assertThat(read.holdsAt(made.minusNanos(1), view.generation())).isFalse();
    assertThat(read.holdsAt(made.plusSeconds(60), view.generation())).isFalse();
  }
}
