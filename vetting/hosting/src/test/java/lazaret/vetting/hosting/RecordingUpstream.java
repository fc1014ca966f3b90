package lazaret.vetting.hosting;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.Validators;

/// A public registry that records each name that it is asked for, and can wait with its answers.
final class RecordingUpstream implements Upstream {
  final FixtureRegistry registry = new FixtureRegistry();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /// Counted down when a request arrives.
  volatile CountDownLatch arrived = new CountDownLatch(0);

  /// Answers are sent when this is counted down.
  volatile CountDownLatch released = new CountDownLatch(0);

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    asked.add(name.published());
    arrived.countDown();
    await(released);
    Optional<Bytes> file = registry.index(IndexPath.of(name).toString());
    return file.isEmpty()
        ? new IndexResponse.Absent(404)
        : new IndexResponse.Fresh(file.get(), Validators.NONE);
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    asked.add(id.name().published());
    return registry
        .artifact(id.name().published(), id.version().text())
        .<ArtifactResponse>map(b -> new ArtifactResponse.Received(new UnverifiedCrate(b)))
        .orElse(new ArtifactResponse.Absent(404));
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String describe() {
    return "a recorded registry";
  }

  @Override
  public void close() {}
}
