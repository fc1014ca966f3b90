package lazaret.storage;

import static lazaret.storage.Samples.NOON;
import static lazaret.storage.Samples.id;
import static lazaret.storage.Samples.name;
import static lazaret.storage.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.Request;
import lazaret.vetting.desk.Store;
import lazaret.vetting.desk.StoreException;
import lazaret.vetting.desk.Token;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.LeftOut;
import lazaret.vetting.index.LeftOutReason;
import lazaret.vetting.inspect.VerifiedCrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every store, independent of its engine.
public interface StoreContract {
  LocalDate DAY = LocalDate.of(2026, 11, 24);

  /// Opens a store that keeps its data in a folder.
  Store open(Path folder);

  private static void put(Store store, Write... writes) {
    store.commit(Batch.synced(List.of(writes)));
  }

  private static <T> List<T> all(Stream<T> stream) {
    try (stream) {
      return stream.toList();
    }
  }

  @Test
  default void knowsNothingAtFirst(@TempDir Path folder) {
    try (Store store = open(folder)) {
      assertThat(store.crate(name("serde"))).isEmpty();
      assertThat(store.freshness(name("serde"))).isEmpty();
      assertThat(store.view(name("serde"))).isEmpty();
      assertThat(store.artefact(id("serde", "1.0.0").cksum())).isEmpty();
      assertThat(store.holdsArtefact(id("serde", "1.0.0").cksum())).isFalse();
      assertThat(store.heldAs(id("serde", "1.0.0").cksum())).isEmpty();
      assertThat(store.findings(id("serde", "1.0.0").cksum())).isEmpty();
      assertThat(store.decisions(name("serde"))).isEmpty();
      assertThat(store.request(name("serde"), version("1.0.0"))).isEmpty();
      assertThat(store.token(id("serde", "1.0.0").cksum())).isEmpty();
      assertThat(store.tokens()).isEmpty();
      assertThat(store.feeds()).isEmpty();
      assertThat(store.meta("feeds")).isEmpty();
      assertThat(store.rulings(name("serde"))).isEmpty();
      assertThat(store.lockfile(id("serde", "1.0.0").cksum())).isEmpty();
      assertThat(all(store.rulings())).isEmpty();
      assertThat(all(store.lockfiles())).isEmpty();
      assertThat(store.ledgerHead()).isEmpty();
      assertThat(store.summary(name("serde"))).isEmpty();
      assertThat(store.counts()).isEqualTo(new Store.Counts(0, 0, 0));
      assertThat(all(store.names())).isEmpty();
      assertThat(all(store.crates())).isEmpty();
      assertThat(all(store.artefacts())).isEmpty();
      assertThat(all(store.ledger(0))).isEmpty();
      assertThat(all(store.requests())).isEmpty();
      assertThat(all(store.accesses())).isEmpty();
      assertThat(store.checkEngine()).isEmpty();
      assertThat(store.room().admits()).isTrue();
    }
  }

  @Test
  default void returnsWhatWasPut(@TempDir Path folder) {
    HeldCrate crate = Samples.held("serde", "1.0.0", "1.0.1");
    VerifiedCrate artefact = Samples.artefact(1, 30_000);
    Sha256 cksum = artefact.id().cksum();
    try (Store store = open(folder)) {
      put(
          store,
          new Write.PutCrate(crate),
          new Write.PutFreshness(name("serde"), Samples.freshness("W/\"1\"")),
          new Write.PutView(name("serde"), Samples.view("{}\n")),
          new Write.PutArtefact(artefact),
          new Write.PutFindings(Samples.findings(cksum)),
          new Write.PutRequest(Samples.request(id("serde", "1.0.1"), 3)),
          new Write.PutToken(Samples.token("ci")),
          new Write.PutFeed(Samples.feed("osv")),
          new Write.PutFeed(Samples.feed("rustsec")),
          new Write.PutMeta("feeds", Bytes.utf8("2026-11-24")));

      assertThat(store.feeds()).containsExactly(Samples.feed("osv"), Samples.feed("rustsec"));
      assertThat(store.crate(name("serde"))).contains(crate);
      assertThat(store.freshness(name("serde"))).contains(Samples.freshness("W/\"1\""));
      assertThat(store.view(name("serde"))).contains(Samples.view("{}\n"));
      assertThat(store.artefact(cksum)).contains(artefact.bytes());
      assertThat(store.holdsArtefact(cksum)).isTrue();
      assertThat(store.heldAs(cksum)).contains(artefact.id());
      assertThat(store.findings(cksum)).contains(Samples.findings(cksum));
      assertThat(store.request(name("serde"), version("1.0.1")))
          .contains(Samples.request(id("serde", "1.0.1"), 3));
      assertThat(store.token(Samples.token("ci").secretHash())).contains(Samples.token("ci"));
      assertThat(store.meta("feeds")).contains(Bytes.utf8("2026-11-24"));
    }
  }

  @Test
  default void keepsAllThatIsKnownOfALine(@TempDir Path folder) {
    HeldCrate plain = Samples.held("serde", "1.0.0", "1.0.1");
    HeldLine second = plain.lines().get(1);
    var full =
        new HeldLine(
            second.entry(),
            Bytes.utf8("{\"raw\":1}"),
            NOON,
            NOON.plusSeconds(1),
            NOON.plusSeconds(2),
            NOON.plusSeconds(3),
            id("serde", "9.9.9").cksum());
    var crate =
        new HeldCrate(
            plain.name(),
            List.of(plain.lines().getFirst(), full),
            List.of(
                new LeftOut(LeftOutReason.BAD_CKSUM, 3, "1.0.2", "no digest"),
                new LeftOut(LeftOutReason.NOT_JSON, 4, null, "<html>")));
    try (Store store = open(folder)) {
      put(store, new Write.PutCrate(crate));

      assertThat(store.crate(name("serde"))).contains(crate);
    }
  }

  @Test
  default void holdsACrateOfWhichEveryLineWasLeftOut(@TempDir Path folder) {
    var crate =
        new HeldCrate(
            name("odd"),
            List.of(),
            List.of(new LeftOut(LeftOutReason.WRONG_NAME, 1, "1.0.0", "another name")));
    try (Store store = open(folder)) {
      put(store, new Write.PutCrate(crate));

      assertThat(store.crate(name("odd"))).contains(crate);
    }
  }

  @Test
  default void holdsLinesOfTwoSpellings(@TempDir Path folder) {
    List<HeldLine> lines = new ArrayList<>(Samples.held("Inflector", "1.0.0").lines());
    lines.addAll(Samples.held("inflector", "1.0.1").lines());
    var crate = new HeldCrate(name("inflector"), lines, List.of());
    try (Store store = open(folder)) {
      put(store, new Write.PutCrate(crate));

      assertThat(store.crate(name("inflector"))).contains(crate);
    }
  }

  @Test
  default void takesSpellingsOfANameForOneCrate(@TempDir Path folder) {
    try (Store store = open(folder)) {
      put(
          store,
          new Write.PutCrate(Samples.held("Foo-Bar", "1.0.0")),
          new Write.PutView(name("foo_bar"), Samples.view("a\n")),
          new Write.PutFreshness(name("foo-bar"), Samples.freshness("\"1\"")),
          new Write.PutRequest(Samples.request(id("FOO_BAR", "1.0.0"), 1)),
          new Write.Append(Samples.approval(id("Foo-Bar", "1.0.0"), 1)),
          new Write.Append(Samples.approval(id("foo_bar", "1.0.0"), 2)));

      assertThat(store.crate(name("foo_bar"))).isPresent();
      assertThat(store.view(name("Foo-Bar"))).isPresent();
      assertThat(store.freshness(name("FOO-bar"))).isPresent();
      assertThat(store.request(name("foo-bar"), version("1.0.0"))).isPresent();
      assertThat(store.decisions(name("fOO-bAR"))).hasSize(2);
    }
  }

  @Test
  default void takesBuildMetadataForAnotherVersion(@TempDir Path folder) {
    Request plain = Samples.request(id("serde", "1.2.0"), 1);
    Request meta = Samples.request(id("serde", "1.2.0+meta"), 2);
    try (Store store = open(folder)) {
      put(store, new Write.PutRequest(plain), new Write.PutRequest(meta));
      put(store, new Write.DropRequest(name("serde"), version("1.2.0")));

      assertThat(store.request(name("serde"), version("1.2.0"))).isEmpty();
      assertThat(store.request(name("serde"), version("1.2.0+meta"))).contains(meta);
    }
  }

  @Test
  default void replacesAndDrops(@TempDir Path folder) {
    VerifiedCrate artefact = Samples.artefact(1, 30_000);
    try (Store store = open(folder)) {
      put(
          store,
          new Write.PutView(name("a"), Samples.view("old\n")),
          new Write.PutArtefact(artefact),
          new Write.PutFeed(Samples.feed("osv")),
          new Write.PutToken(Samples.token("ci")));
      put(
          store,
          new Write.PutView(name("a"), Samples.view("new\n")),
          new Write.DropFeed("osv"),
          new Write.DropArtefact(artefact.id().cksum()),
          new Write.DropToken(Samples.token("ci").secretHash()));

      assertThat(store.view(name("a"))).contains(Samples.view("new\n"));
      assertThat(store.artefact(artefact.id().cksum())).isEmpty();
      assertThat(store.holdsArtefact(artefact.id().cksum())).isFalse();
      assertThat(all(store.artefacts())).isEmpty();
      assertThat(store.feeds()).isEmpty();
      assertThat(store.tokens()).isEmpty();
    }
  }

  @Test
  default void appliesTheWritesOfABatchInOrder(@TempDir Path folder) {
    Request request = Samples.request(id("serde", "1.0.0"), 1);
    try (Store store = open(folder)) {
      put(
          store,
          new Write.PutRequest(request),
          new Write.DropRequest(name("serde"), version("1.0.0")),
          new Write.PutMeta("x", Bytes.utf8("1")),
          new Write.PutMeta("x", Bytes.utf8("2")));

      assertThat(store.request(name("serde"), version("1.0.0"))).isEmpty();
      assertThat(store.meta("x")).contains(Bytes.utf8("2"));
    }
  }

  @Test
  default void holdsLargeAndTinyArtefacts(@TempDir Path folder) {
    VerifiedCrate large = Samples.artefact(1, 20 << 20);
    VerifiedCrate tiny = Samples.artefact(2, 1);
    try (Store store = open(folder)) {
      put(store, new Write.PutArtefact(large), new Write.PutArtefact(tiny));

      assertThat(store.artefact(large.id().cksum())).contains(large.bytes());
      assertThat(store.artefact(tiny.id().cksum())).contains(tiny.bytes());
    }
  }

  @Test
  default void streamsInTheOrderStated(@TempDir Path folder) {
    List<VerifiedCrate> artefacts =
        IntStream.range(0, 600).mapToObj(seed -> Samples.artefact(seed, 10)).toList();
    try (Store store = open(folder)) {
      store.commit(Batch.relaxed(artefacts.stream().<Write>map(Write.PutArtefact::new).toList()));
      put(
          store,
          new Write.PutCrate(Samples.held("Zed", "1.0.0")),
          new Write.PutCrate(Samples.held("a-b", "1.0.0")),
          new Write.PutCrate(Samples.held("ab", "1.0.0")),
          new Write.PutRequest(Samples.request(id("zed", "1.0.0"), 1)),
          new Write.PutRequest(Samples.request(id("a", "1.0.1"), 1)),
          new Write.PutRequest(Samples.request(id("a", "1.0.0"), 1)),
          new Write.PutToken(Samples.token("b")),
          new Write.PutToken(Samples.token("a")));

      assertThat(all(store.artefacts()))
          .containsExactlyElementsOf(artefacts.stream().map(a -> a.id().cksum()).sorted().toList());
      assertThat(all(store.crates()))
          .extracting(c -> c.name().published())
          .containsExactly("a-b", "ab", "Zed");
      assertThat(all(store.requests()))
          .extracting(r -> r.id().name() + " " + r.id().version())
          .containsExactly("a 1.0.0", "a 1.0.1", "zed 1.0.0");
      assertThat(store.tokens()).extracting(Token::name).containsExactly("a", "b");
    }
  }

  @Test
  default void addsUpAccesses(@TempDir Path folder) {
    CrateId serde = id("serde", "1.0.0");
    try (Store store = open(folder)) {
      put(
          store,
          new Write.AddAccess(Samples.access(DAY.plusDays(1), serde, "ci", 1)),
          new Write.AddAccess(Samples.access(DAY, serde, "ci", 2)),
          new Write.AddAccess(Samples.access(DAY, serde, "ci", 3)),
          new Write.AddAccess(Samples.access(DAY, serde, "-", 7)),
          new Write.AddAccess(Samples.access(DAY, id("anyhow", "1.0.0"), "ci", 1)));
      put(store, new Write.AddAccess(Samples.access(DAY, serde, "ci", 10)));

      assertThat(all(store.accesses()))
          .containsExactly(
              Samples.access(DAY, id("anyhow", "1.0.0"), "ci", 1),
              Samples.access(DAY, serde, "-", 7),
              Samples.access(DAY, serde, "ci", 15),
              Samples.access(DAY.plusDays(1), serde, "ci", 1));
    }
  }

  @Test
  default void failsAfterClosing(@TempDir Path folder) {
    Store store = open(folder);
    put(store, new Write.PutMeta("x", Bytes.utf8("1")));
    store.close();
    store.close();

    List<Runnable> calls =
        List.of(
            () -> store.crate(name("a")),
            () -> store.freshness(name("a")),
            () -> store.view(name("a")),
            () -> store.artefact(id("a", "1.0.0").cksum()),
            () -> store.holdsArtefact(id("a", "1.0.0").cksum()),
            () -> store.findings(id("a", "1.0.0").cksum()),
            () -> store.decisions(name("a")),
            () -> store.request(name("a"), version("1.0.0")),
            () -> store.token(id("a", "1.0.0").cksum()),
            store::tokens,
            store::feeds,
            () -> store.meta("x"),
            store::ledgerHead,
            store::crates,
            store::artefacts,
            () -> store.ledger(0),
            store::requests,
            store::accesses,
            store::rulings,
            store::lockfiles,
            () -> store.rulings(name("a")),
            () -> store.lockfile(id("a", "1.0.0").cksum()),
            () -> put(store, new Write.PutMeta("x", Bytes.utf8("1"))),
            store::checkEngine,
            store::room);
    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot use the store: it is closed; open it again")
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_FAILED);
    }
  }
}
