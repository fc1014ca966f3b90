package lazaret.vetting.trace;

import java.util.function.Function;
import java.util.function.Supplier;

/// The span for which the current thread works. Without a trace each method costs one look at a
/// scoped value.
public final class CurrentSpan {
  private static final ScopedValue<TraceSpan> SPAN = ScopedValue.newInstance();

  private CurrentSpan() {}

  /// Returns the span of the current thread, or [TraceSpan#NONE].
  public static TraceSpan get() {
    return SPAN.orElse(TraceSpan.NONE);
  }

  /// Executes work that belongs to a span. The span is not ended.
  public static <T, X extends Throwable> T in(
      TraceSpan span, ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(SPAN, span).call(work);
  }

  /// Executes work in a span and ends the span. An exception marks it as failed.
  public static <T> T of(TraceSpan span, Function<TraceSpan, T> work) {
    if (span instanceof NoSpan) {
      return work.apply(span);
    }
    try {
      return in(span, () -> work.apply(span));
    } catch (RuntimeException | Error e) {
      span.fail(e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  /// Executes work in a new span below that of the current thread.
  public static <T> T child(String name, Function<TraceSpan, T> work) {
    return of(get().begin(name), work);
  }

  /// Returns work that another thread executes for the span of the current thread.
  public static <T> Supplier<T> carried(Supplier<T> work) {
    TraceSpan span = get();
    return span instanceof NoSpan ? work : () -> in(span, work::get);
  }
}
