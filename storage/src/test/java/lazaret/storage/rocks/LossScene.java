package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A store that has lost acknowledged writes when it is opened. A copy of the files of an open
/// store is what a `kill -9` leaves.
abstract class LossScene {
  static final int DECISIONS = 20;
  static final Instant MOMENT = StoreSamples.NOON.truncatedTo(ChronoUnit.MILLIS);

  @TempDir Path temp;

  Path live = Path.of("");
  Path crashed = Path.of("");

  /// A strong reference, because the logging system keeps none.
  final Logger log = Logger.getLogger(DatabaseOpener.class.getName());

  final List<String> lines = new ArrayList<>();

  final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() throws IOException {
    live = temp.toRealPath().resolve("live");
    crashed = temp.toRealPath().resolve("crashed");
    log.addHandler(handler);
  }

  @AfterEach
  void unlisten() {
    log.removeHandler(handler);
  }

  static RocksStore open(Path folder) {
    return RocksStore.open(
        folder, RocksOptions.DEFAULT, Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  static void decide(RocksStore store, int number) {
    store.commit(
        Batch.synced(
            List.of(
                new Write.Append(
                    StoreSamples.approval(StoreSamples.id("a", "1.0." + number), number)))));
  }

  static void decide(RocksStore store) {
    for (int i = 1; i <= DECISIONS; i++) {
      decide(store, i);
    }
  }

  /// Makes twenty decisions and copies the files as a kill leaves them.
  void crash() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    FileTrees.delete(to);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          PrivateFiles.createFolders(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  static Path log(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }

  static void flip(Path file, double part) throws IOException {
    try (var data = new RandomAccessFile(file.toFile(), "rw")) {
      long at = (long) (data.length() * part);
      data.seek(at);
      int old = data.read();
      data.seek(at);
      data.write(old ^ 0x40);
    }
  }

  static void truncate(Path file, long length) throws IOException {
    try (var data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(length);
    }
  }

  static List<LedgerEntry> ledger(RocksStore store) {
    try (Stream<LedgerEntry> all = store.ledger(0)) {
      return all.toList();
    }
  }

  void assertSound(int entries) {
    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().faults()).isEmpty();
      assertThat(ledger(store)).hasSize(entries);
      decide(store, 99);
    }
    assertThat(crashed.resolve("store.before")).doesNotExist();
  }

  /// Asserts that the store names the loss, withholds, still reads, and reports the loss after a
  /// restart, until it is accepted.
  void assertLost(int survived) {
    for (int start = 1; start <= 2; start++) {
      try (RocksStore store = open(crashed)) {
        assertThat(store.condition().withholds()).isTrue();
        assertThat(store.condition().faults().getFirst())
            .isInstanceOfSatisfying(
                StoreFault.WritesMissing.class,
                missing ->
                    assertThat(missing.entries())
                        .isEqualTo(new StoreFault.Range(survived + 1, DECISIONS)));
        assertThat(ledger(store)).hasSize(survived);
        assertThatThrownBy(() -> decide(store, 50))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("vetting-cli fsck --accept-loss")
            .extracting(e -> ((StoreException) e).code())
            .isEqualTo(ErrorCode.STORE_LOSS);
        assertThatThrownBy(
                () -> store.commit(Batch.relaxed(List.of(new Write.PutMeta("x", Bytes.utf8("y"))))))
            .isInstanceOf(StoreException.class);
      }
    }
    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("the store lost acknowledged"));
    assertThat(crashed.resolve("store.before")).exists();
    accept(survived);
  }

  void accept(int survived) {
    try (RocksStore store = open(crashed)) {
      var notice =
          new Notice(
              Notice.Kind.LOSS_ACCEPTED,
              Instant.EPOCH,
              "alice",
              null,
              null,
              store.condition().loss());
      assertThat(store.acceptLoss(notice).orElseThrow().sequence()).isEqualTo(survived + 1);
      assertThat(store.condition().withholds()).isFalse();
      decide(store, 60);
      assertThat(store.acceptLoss(notice)).isEmpty();
    }
    assertSound(survived + 2);
    assertSound(survived + 3);
  }
}
