package lazaret.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.DetonationTask;
import lazaret.detonation.DocumentationOutcome;
import lazaret.detonation.PeerCheck;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rounds of the builds, which a leader of the test replaces.
class DocumentationTaskTest {
  private static final Duration SOON = Duration.ofMillis(1);

  @TempDir Path folder;

  private final GateFixture gate = new GateFixture();
  private final CompletableFuture<Thread> worker = new CompletableFuture<>();

  @AfterEach
  void close() {
    gate.close();
  }

  private DocumentationTask task(int perDay) throws IOException {
    return task(perDay, "al*");
  }

  private DocumentationTask task(int perDay, String build) throws IOException {
    return new DocumentationTask(
        documentation(),
        gate.parts,
        gate.gate,
        new DocumentationSettings(List.of(build), perDay, null, folder.resolve("s")));
  }

  private DocumentationService documentation() throws IOException {
    SiteFileService files =
        new SiteFileService(gate.store, FolderSiteFileStore.open(folder.resolve("files")));
    return new DocumentationService(
        gate.parts, gate.gate, files, folder.resolve("scratch"), folder.resolve("s"));
  }

  /// A sandbox that builds nothing.
  private static final class Refusing implements DetonationTask {
    private final AtomicInteger orders = new AtomicInteger();
    private final DocumentationOutcome refusal;
    private volatile Runnable meanwhile = () -> {};

    Refusing(ErrorCode code, String detail) {
      refusal = new DocumentationOutcome.Refused(code, detail);
    }

    @Override
    public DetonationOutcome run(DetonationOrder order) {
      return new DetonationOutcome.Refused(ErrorCode.INTERNAL, "no test orders it");
    }

    @Override
    public DocumentationOutcome document(DetonationOrder order) {
      orders.incrementAndGet();
      meanwhile.run();
      return refusal;
    }
  }

  private CrateId served() {
    CrateId id = gate.publish("alpha", "1.0.0", 60);
    String _ = gate.index("alpha");
    var _ = gate.download(id);
    return id;
  }

  @Test
  void buildThatLeftNoRecordIsRepeatedAfterOthers() throws Exception {
    CrateId id = served();
    Refusing sandbox =
        new Refusing(ErrorCode.UPSTREAM_UNAVAILABLE, "the gate cannot serve now (status 503)");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        DocumentationTask task = task(5)) {
      listener.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
      serve(listener, sandbox);

      task.round();
      task.round();

      assertThat(sandbox.orders).hasValue(1);
      assertThat(documentation().find(id.name(), id.version())).isEmpty();
      gate.clock.advance(DocumentationTask.REPEAT);
      task.round();
      assertThat(sandbox.orders).hasValue(2);
    }
  }

  /// The token of the service expired, which concerns all versions alike. Its day is not used up.
  @Test
  void refusedTokenIsNoFailureOfAVersion() throws Exception {
    CrateId id = served();
    Refusing sandbox =
        new Refusing(ErrorCode.UNAUTHENTICATED, "the gate expects a valid token (status 401)");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        DocumentationTask task = task(1)) {
      listener.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
      serve(listener, sandbox);

      task.round();
      task.round();

      assertThat(sandbox.orders).hasValue(2);
      assertThat(documentation().find(id.name(), id.version())).isEmpty();
    }
  }

  /// A private version is deleted during its build, whose record would outlive it.
  @Test
  void buildWhoseArchiveIsGoneLeavesNoRecord() throws Exception {
    gate.withoutFsck("it drops the bytes of a version alone");
    CrateId id = served();
    Batch deletion = Batch.synced(List.of(new Batch.Write.DropArtifact(id.cksum())));
    Refusing sandbox = new Refusing(ErrorCode.REFUSED_BY_POLICY, "there is no library");
    sandbox.meanwhile = () -> gate.store.commit(deletion);
    DocumentationService documentation = documentation();
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
      serve(listener, sandbox);

      assertThatThrownBy(() -> documentation.build(id.name(), id.version(), "ann"))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("expected a stored archive, found none");
    }
    assertThat(documentation.find(id.name(), id.version())).isEmpty();
  }

  @Test
  void approvalsAreFoundWhenTheyAreRecorded() throws IOException {
    CrateId first = stored("alpha");
    CrateId second = stored("beta");
    try (DocumentationTask task = task(5, DocumentationSettings.APPROVED)) {
      assertThat(task.missing()).isEmpty();

      var _ = gate.decide(Decision.Kind.APPROVE, first);
      assertThat(task.missing()).containsExactly(first);

      var _ = gate.decide(Decision.Kind.APPROVE, second);
      assertThat(task.missing()).containsExactlyInAnyOrder(first, second);
    }
  }

  private CrateId stored(String name) {
    CrateId id = gate.publish(name, "1.0.0", 60);
    String _ = gate.index(name);
    var _ = gate.download(id);
    return id;
  }

  private static void serve(ServerSocketChannel listener, DetonationTask sandbox)
      throws IOException {
    String user = Files.getOwner(Path.of("/proc/self")).getName();
    DetonationServer server =
        new DetonationServer(PeerCheck.of(List.of(user)), sandbox, DetonationServer.Limits.USUAL);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                server.serve(listener);
              } catch (IOException _) {
                // The test sees what its client received.
              }
            });
  }

  @Test
  void failedRoundsAreRepeatedUntilTheEnd() throws Exception {
    CountDownLatch rounds = new CountDownLatch(3);
    Leader failing =
        _ -> {
          worker.complete(Thread.currentThread());
          rounds.countDown();
          if (rounds.getCount() == 2) {
            throw new StoreException(ErrorCode.STORE_FAILED, "a failure of this test", null);
          }
          throw new IllegalStateException("a defect of this test");
        };
    try (DocumentationTask task = task(1)) {
      task.start(failing, SOON);

      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(worker.get(20, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void endIsNotDelayedByARound() throws Exception {
    Leader endless =
        _ -> {
          worker.complete(Thread.currentThread());
          new CountDownLatch(1).await();
          return true;
        };
    Thread working;
    try (DocumentationTask task = task(1)) {
      task.start(endless, SOON);
      working = worker.get(20, TimeUnit.SECONDS);
    }
    assertThat(working.isAlive()).isFalse();
  }
}
