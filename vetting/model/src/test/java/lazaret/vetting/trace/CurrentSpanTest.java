package lazaret.vetting.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CurrentSpanTest {
  private final List<String> events = new ArrayList<>();

  /// A span that records what happens to it.
  private final class Recorded implements TraceSpan {
    private final String name;

    Recorded(String name) {
      this.name = name;
      events.add("begin " + name);
    }

    @Override
    public TraceSpan begin(String child) {
      return new Recorded(name + "/" + child);
    }

    @Override
    public TraceSpan beginRequest(String child) {
      return begin(child);
    }

    @Override
    public TraceSpan named(String other) {
      return this;
    }

    @Override
    public TraceSpan with(String attribute, String value) {
      return this;
    }

    @Override
    public TraceSpan with(String attribute, long value) {
      return this;
    }

    @Override
    public void fail(String type) {
      events.add("fail " + name + " " + type);
    }

    @Override
    public void end() {
      events.add("end " + name);
    }

    @Override
    public String traceId() {
      return name;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  @Test
  void workHasTheSpanThatCausesIt() {
    String seen =
        CurrentSpan.of(
            new Recorded("request"),
            _ -> CurrentSpan.child("inspection", _ -> CurrentSpan.get().traceId()));

    assertThat(seen).isEqualTo("request/inspection");
    assertThat(events)
        .containsExactly(
            "begin request", "begin request/inspection", "end request/inspection", "end request");
    assertThat(CurrentSpan.get()).isSameAs(TraceSpan.NONE);
  }

  @Test
  void failureMarksTheSpanAndEndsIt() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                CurrentSpan.of(
                    new Recorded("request"),
                    _ -> {
                      throw new IllegalStateException("secret of the message");
                    }));

    assertThat(events)
        .containsExactly(
            "begin request", "fail request java.lang.IllegalStateException", "end request");
  }

  @Test
  void withoutATraceNoSpanIsMade() {
    Supplier<String> work = () -> CurrentSpan.child("inspection", TraceSpan::traceId);

    assertThat(work.get()).isEmpty();
    assertThat(CurrentSpan.carried(work)).isSameAs(work);
    assertThat(Tracer.OFF.beginRequest(name -> java.util.Optional.of(name)))
        .isSameAs(TraceSpan.NONE);
  }

  @Test
  void otherThreadWorksForTheSpan() throws InterruptedException {
    AtomicReference<String> seen = new AtomicReference<>();
    Supplier<String> work =
        CurrentSpan.of(
            new Recorded("request"), _ -> CurrentSpan.carried(() -> CurrentSpan.get().traceId()));

    Thread.ofVirtual().start(() -> seen.set(work.get())).join();

    assertThat(seen).hasValue("request");
  }
}
