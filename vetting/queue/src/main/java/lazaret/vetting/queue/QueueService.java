package lazaret.vetting.queue;

import java.util.List;
import java.util.function.Consumer;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;

/// The queue by closure, the requests of each person, and the background work for both.
/// Thread-safe, except that [#start] and [#close] are for one thread.
public final class QueueService implements AutoCloseable {
  private final HandlerSource handlers;
  private final QueueTask task;
  private final QueueIndex index;
  private final Desk desk;

  /// Creates the service of a gate and its desk, as the other constructor does.
  public QueueService(GateContext parts, Gate gate, Desk desk) {
    this(parts, gate, desk, _ -> {});
  }

  /// Creates the service of a gate and its desk. Nothing is read from the store before the first
  /// request or [#start].
  ///
  /// @param compared receives each difference that the background work prepared for a review; it
  ///   may compare further files, and blocks that work
  public QueueService(GateContext parts, Gate gate, Desk desk, Consumer<Prepared> compared) {
    this.desk = desk;
    this.index = QueueIndex.of(parts, gate);
    ReadingCache readings = ReadingCache.of(gate.files());
    SightingIndex sightings = SightingIndex.of(parts.store(), gate.usageLog());
    OwnRequestIndex own = new OwnRequestIndex(parts.store());
    this.task =
        new QueueTask(
            parts,
            gate,
            index,
            readings,
            new QueueTask.Parts(
                () -> {
                  var _ = sightings.view(List.of());
                  var _ = desk.requests().histories();
                  var _ = own.first();
                },
                desk.reviews(),
                compared));
    this.handlers =
        new RequestHandlerSource(
            desk,
            gate.files(),
            parts.clock(),
            new RequestHandlerSource.Parts(
                new GroupedQueue(desk, index, sightings, readings),
                sightings,
                new OwnRequests(own, desk.requests(), gate.files(), parts.clock())));
  }

  /// Returns the handlers for the desk API.
  public HandlerSource handlers() {
    return handlers;
  }

  /// Returns the queue in numbers. Costs one pass over the queued versions in heap.
  public QueueSummary summary() {
    return QueueSummary.of(index.last(), desk.requests().histories());
  }

  /// Starts the background work: queued versions are evaluated again and compared with vetted ones.
  public void start() {
    task.start();
  }

  /// Evaluates and compares some queued versions, as the background work does each second.
  public void prepare() {
    task.round();
  }

  /// Stops the background work. Closing twice is allowed.
  @Override
  public void close() {
    task.stop();
  }
}
