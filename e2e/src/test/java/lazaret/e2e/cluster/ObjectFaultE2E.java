package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ObjectPlace;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.objects.ObjectFault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults between servers and real object stores, while one server reads and another one writes.
@Tag("ci")
class ObjectFaultE2E {
  private static final String STORED = "SELECT count(*) FROM lazaret.artifact";

  /// The time of a denial while the object store has a fault: a commit, and a wait of 300 ms.
  private static final Duration DENIAL = Duration.ofSeconds(2);

  /// A fault with its name.
  private record Case(String name, ObjectFault fault) {}

  private static final List<Case> CASES =
      List.of(
          new Case("503", ObjectFault.overloaded()),
          new Case("other byte", ObjectFault.otherByte()),
          new Case("lost reply", new ObjectFault.LoseReply()),
          new Case("404", ObjectFault.missing()),
          new Case("half of the body", ObjectFault.halfBody()),
          new Case("one byte more", ObjectFault.longerBody()),
          new Case("body that is cut", new ObjectFault.CutReply(10)),
          new Case("reply after 30 s", new ObjectFault.Delay(Duration.ofSeconds(30))));

  static List<ObjectPlace.Kind> kinds() {
    return Machine.all() ? List.of(ObjectPlace.Kind.values()) : List.of(ObjectPlace.Kind.CEPH);
  }

  private static List<Case> cases() {
    return Machine.all() ? CASES : CASES.subList(0, 3);
  }

  private static CrateBuilder crate(String name, int number) {
    return CrateBuilder.crate(name, "1." + number + ".0")
        .file("src/data", "0123456789".repeat(100 + number));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noFaultGivesWrongBytesOrKeepsADenial(ObjectPlace.Kind kind) throws Exception {
    FixtureRegistry registry = new FixtureRegistry();
    for (int i = 0; i < cases().size(); i++) {
      Crates.addAged(
          registry,
          crate("read", i),
          crate("written", i),
          CrateBuilder.crate("denied", "1." + 2 * i + ".0"),
          CrateBuilder.crate("denied", "1." + (2 * i + 1) + ".0"));
    }
    try (ClusterScene scene =
        new ClusterScene(registry, ClusterScene.Places.of(PostgresServer.shared(), kind))) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      for (int i = 0; i < cases().size(); i++) {
        requireServed(a, crate("read", i));
      }
      awaitIndexes(a, b);
      for (int i = 0; i < cases().size(); i++) {
        Case each = cases().get(i);
        long stored = scene.number(STORED);

        b.objects().script("GET", "*/objects/*", each.fault());
        FutureTask<Boolean> read = begun(b, crate("read", i));
        deny(b, 2 * i);
        Boolean _ = read.get();
        b.heal();
        requireServed(b, crate("read", i));

        a.objects().script("PUT", "*", each.fault());
        a.objects().script("GET", "*/objects/*", each.fault());
        FutureTask<Boolean> written = begun(a, crate("written", i));
        deny(a, 2 * i + 1);
        Boolean _ = written.get();
        a.heal();
        requireServed(b, crate("written", i));
        requireServed(a, crate("written", i));

        assertThat(scene.number(STORED)).as(each.name()).isGreaterThanOrEqualTo(stored);
        FaultTable.add("objects: " + each.name(), kind + ", GET and PUT", 1);
      }
      for (SceneNode node : List.of(a, b)) {
        assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
      }
    }
  }

  private static void awaitIndexes(SceneNode... nodes) {
    for (SceneNode node : nodes) {
      for (String crate : List.of("read", "written", "denied")) {
        GateScene.await("an index", () -> node.http().index(crate).status() == 200);
      }
    }
  }

  /// Requests an artifact on another thread.
  private static FutureTask<Boolean> begun(SceneNode node, CrateBuilder crate) {
    FutureTask<Boolean> task = new FutureTask<>(() -> isServed(node, crate));
    Thread.ofVirtual().start(task);
    return task;
  }

  /// Returns whether an artifact is served. A response is the right bytes, or a failure for now.
  private static boolean isServed(SceneNode node, CrateBuilder crate) {
    HttpProbeClient.Answer answer = node.http().artifact(crate.id());
    if (answer.status() == 200) {
      assertThat(answer.body()).isEqualTo(crate.build());
      return true;
    }
    assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(500);
    return false;
  }

  private static void requireServed(SceneNode node, CrateBuilder crate) {
    GateScene.await(crate.folder(), () -> isServed(node, crate));
  }

  private static void deny(SceneNode node, int number) {
    String version = "1." + number + ".0";
    long begun = System.nanoTime();
    HttpProbeClient.Answer answer =
        node.http().decide("deny", "while objects fail", "denied@" + version);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DENIAL);
    assertThat(node.http().index("denied").offers(version)).isFalse();
  }

  /// The bucket is not there for one server, which serves what it has in memory.
  @Test
  @Tag("all")
  void aServerWithoutTheObjectStoreServesFromMemoryAndDecides() {
    CrateBuilder known = crate("read", 0);
    CrateBuilder unknown = crate("read", 1);
    FixtureRegistry registry = Crates.aged(known, unknown, CrateBuilder.crate("denied", "1.0.0"));
    try (ClusterScene scene =
        new ClusterScene(registry, ClusterScene.Places.of(PostgresServer.shared()))) {
      SceneNode a = scene.add("a").start();
      SceneNode b = scene.add("b").start();
      requireServed(a, unknown);
      requireServed(b, known);
      GateScene.await("an index", () -> b.http().index("denied").status() == 200);
      for (String method : List.of("GET", "PUT", "DELETE")) {
        b.objects().script(method, "*", new ObjectFault.Delay(Duration.ofSeconds(30)));
      }

      assertThat(isServed(b, known)).isTrue();
      assertThat(isServed(b, unknown)).isFalse();
      deny(b, 0);
      assertThat(isServed(a, unknown)).isTrue();
      b.heal();

      requireServed(b, unknown);
      FaultTable.add("partition", "node and object store", 1);
    }
  }
}
