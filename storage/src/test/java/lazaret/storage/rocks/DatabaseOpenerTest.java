package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class DatabaseOpenerTest {
  @TempDir private Path temp;

  private Path folder = Path.of("");

  @BeforeEach
  void nameFolder() throws IOException {
    folder = temp.toRealPath().resolve("data");
  }

  private static RocksStore open(Path folder) {
    return RocksStore.open(
        folder, RocksOptions.DEFAULT, Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  private void refused(String why) {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot open the store in '" + folder + "': " + why)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNUSABLE);
  }

  private static void change(Path folder, String key, String value) throws Exception {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
    for (ColumnFamily family : ColumnFamily.values()) {
      families.add(new ColumnFamilyDescriptor(family.labelBytes()));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (var options = new DBOptions();
        RocksDB db = RocksDB.open(options, folder.toString(), families, handles)) {
      db.put(
          handles.get(1),
          key.getBytes(StandardCharsets.UTF_8),
          value.getBytes(StandardCharsets.UTF_8));
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  @Test
  void keepsEverythingAcrossOpenings() {
    try (RocksStore store = open(folder)) {
      store.commit(
          Batch.relaxed(
              List.of(
                  new Write.PutView(name("a"), StoreSamples.view("a\n")),
                  new Write.PutArtifact(StoreSamples.artifact(1, 100_000)),
                  new Write.Append(StoreSamples.notice("one")))));
    }
    try (RocksStore store = open(folder)) {
      assertThat(store.view(name("a"))).contains(StoreSamples.view("a\n"));
      assertThat(store.artifact(StoreSamples.artifact(1, 100_000).id().cksum())).isPresent();
      store.commit(Batch.synced(List.of(new Write.Append(StoreSamples.notice("two")))));
      assertThat(store.ledgerHead().orElseThrow().sequence()).isEqualTo(2);
    }
  }

  @Test
  void makesPrivateFoldersAndFiles() throws IOException {
    Path data = folder;
    folder = data.resolve("deep/down");
    open(folder).close();
    open(folder).close();

    for (Path made : List.of(folder, data.resolve("deep"), data)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
    assertThat(rights(folder.resolve("lazaret-lock"))).isEqualTo("rw-------");
    assertThat(rights(folder.resolve("lazaret-store"))).isEqualTo("rw-------");
    assertThat(rights(folder.resolve("store/CURRENT"))).isEqualTo("rw-------");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void refusesAFolderThatIsOpenToOthers() throws IOException {
    open(folder).close();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

    refused("it is open to other users (rwxr-x---); run 'chmod 700 " + folder + "'");
  }

  @Test
  void refusesAFolderOfSomebodyElse() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder away");
    open(folder).close();
    Files.setAttribute(folder, "unix:uid", 65534);

    refused(
        "it belongs to user 65534 and this program runs as user 0; run it as that user, or name another folder");
  }

  @Test
  void refusesTheFolderOfAServerWhoseStoreIsInPostgreSql() throws IOException {
    PrivateFiles.createFolders(folder);
    for (String name : List.of("access.log", "admin-token", "desk.sock", "lazaret-head-1-2")) {
      Files.createFile(folder.resolve(name));
    }

    refused(
        "it belongs to a server whose store is in PostgreSQL; name the configuration file of that server with --config or LAZARET_CONFIG");
    assertThat(Files.exists(folder.resolve("lazaret-lock"))).isFalse();
  }

  @Test
  void refusesAFolderWithSomethingElseInIt() throws IOException {
    PrivateFiles.createFolders(folder);
    Files.createFile(folder.resolve("thesis.tex"));

    refused(
        "it is not empty and not a store of Lazaret's (it holds thesis.tex); name an empty or a new folder");
    assertThat(Files.exists(folder.resolve("lazaret-lock"))).isFalse();
  }

  @Test
  void refusesTheDatabaseOfAnotherProgram() throws Exception {
    PrivateFiles.createFolders(folder);
    RocksDB.loadLibrary();
    try (var options = new Options().setCreateIfMissing(true)) {
      RocksDB.open(options, folder.toString()).close();
    }

    refused("it holds the database of another program; name another folder");
  }

  @Test
  void refusesTheDatabaseOfAnotherProgramInPlaceOfOurs() throws Exception {
    open(folder).close();
    FileTrees.delete(folder.resolve("store"));
    try (var options = new Options().setCreateIfMissing(true)) {
      RocksDB.open(options, folder.resolve("store").toString()).close();
    }

    refused("its database is another program's; name another folder");
  }

  @Test
  void refusesANewerFolderBeforeItTouchesIt() throws IOException {
    open(folder).close();
    Files.writeString(folder.resolve("lazaret-store"), "lazaret store, schema 2\n");
    Files.writeString(folder.resolve("store/CURRENT"), "not touched");

    refused("a newer version of Lazaret wrote it (schema 2, this one reads 1); run that version");
  }

  @Test
  void refusesANewerDatabase() throws Exception {
    open(folder).close();
    change(folder.resolve("store"), "schema", "2");

    refused("a newer version of Lazaret wrote it (schema 2, this one reads 1); run that version");
  }

  @Test
  void refusesAMarkerThatMakesNoSense() throws IOException {
    open(folder).close();
    Files.writeString(folder.resolve("lazaret-store"), "lazaret store, schema two\n");

    refused("expected the number of its schema, found 'two'");
  }

  @Test
  void refusesAMarkedFolderWithoutItsDatabase() throws IOException {
    open(folder).close();
    FileTrees.delete(folder.resolve("store"));

    refused(
        "its database 'store' is missing; check whether its disk is mounted; if it is lost, restore a backup into an empty folder");
  }

  @Test
  void refusesASecondOpeningInOneProcess() {
    try (RocksStore store = open(folder)) {
      refused("this process holds it already; close it first");
      refused("this process holds it already; close it first");
      assertThat(store.meta("x")).isEmpty();
    }
    open(folder).close();
  }

  @Test
  void refusesAFolderThatAnotherProcessHoldsAndNamesIt() throws Exception {
    Process child = ChildJvm.start(List.of(), HoldingChild.class, folder.toString());
    try {
      assertThat(child.inputReader().readLine()).isEqualTo("open");
      refused(
          "process " + child.pid() + " holds it; stop that process, or use it through its address");
    } finally {
      child.getOutputStream().close();
      assertThat(child.waitFor()).isZero();
    }
    open(folder).close();
  }

  @Test
  void opensAFolderWhoseHolderWasKilled() throws Exception {
    Process child = ChildJvm.start(List.of(), HoldingChild.class, folder.toString());
    assertThat(child.inputReader().readLine()).isEqualTo("open");
    child.toHandle().destroyForcibly();
    child.waitFor();

    open(folder).close();
  }

  @Test
  void beginsAnewAfterACrashWhileTheStoreWasMade() throws IOException {
    open(folder).close();
    Files.delete(folder.resolve("lazaret-store"));
    Files.move(folder.resolve("store"), folder.resolve("store.unfinished"));

    try (RocksStore store = open(folder)) {
      assertThat(store.meta("x")).isEmpty();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(e -> e.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "lazaret-head",
              "lazaret-lock",
              "lazaret-reserve",
              "lazaret-store",
              "store",
              "store.manifest");
    }
  }

  @Test
  void keepsTheStoreOfAFolderThatLostItsMarker() throws IOException {
    try (RocksStore store = open(folder)) {
      store.commit(Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("1")))));
    }
    Files.delete(folder.resolve("lazaret-store"));

    try (RocksStore store = open(folder)) {
      assertThat(store.meta("x")).contains(Bytes.utf8("1"));
    }
    assertThat(folder.resolve("lazaret-store")).exists();
  }

  @Test
  void refusesAFolderWithAnUnfinishedRestoreUntilItIsRestored() throws IOException {
    Path backup = folder.resolveSibling("backup");
    try (RocksStore store = open(folder.resolveSibling("other"))) {
      store.commit(Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("1")))));
      store.backup(backup);
    }
    open(folder).close();
    Files.createFile(folder.resolve("lazaret-restoring"));

    refused("a restore into it was not finished; empty it and restore the backup again");
    RocksStore.restore(backup, folder);
    try (RocksStore store = open(folder)) {
      assertThat(store.meta("x")).contains(Bytes.utf8("1"));
    }
  }

  @Test
  void refusesToRestoreOverAStore() {
    Path backup = folder.resolveSibling("backup");
    try (RocksStore store = open(folder)) {
      store.commit(Batch.synced(List.of(new Write.PutMeta("x", Bytes.utf8("1")))));
      store.backup(backup);
    }

    refusedToRestore(backup, "it holds a store already; restore into an empty or a new folder");
    try (RocksStore store = open(folder)) {
      // Also while a server holds it: a repetition never succeeds.
      refusedToRestore(backup, "it holds a store already; restore into an empty or a new folder");
      assertThat(store.meta("x")).contains(Bytes.utf8("1"));
    }
  }

  @Test
  void refusesToRestoreIntoAFolderThatHoldsSomething() throws IOException {
    Path backup = folder.resolveSibling("backup");
    try (RocksStore store = open(folder.resolveSibling("other"))) {
      store.backup(backup);
    }
    PrivateFiles.createFolders(folder);
    Files.createFile(folder.resolve("thesis.tex"));

    refusedToRestore(backup, "it holds thesis.tex; restore into an empty or a new folder");
    Path file = folder.resolve("thesis.tex");
    assertThatThrownBy(() -> RocksStore.restore(backup, file))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("it is not a folder");
  }

  private void refusedToRestore(Path backup, String why) {
    assertThatThrownBy(() -> RocksStore.restore(backup, folder))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot restore into '" + folder + "': " + why);
  }
}
