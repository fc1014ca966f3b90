package lazaret.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Gatherers;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.InProcessTransport;
import lazaret.mirror.Wiring;
import lazaret.mirror.server.HttpServer;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.lockfiles.LockfileValidityPeriod;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.feeds.FeedsRefreshReply;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedService.Failure;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.progress.ProgressLine;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;

/// A gate in this process: the one of the server, without its work in the background. Other
/// processes of the user reach it through a Unix socket; the port on loopback asks for a token.
final class RunGate implements AutoCloseable {
  /// The age of feeds at which they are refreshed.
  private static final Duration FEEDS = Duration.ofDays(1);

  /// The number of index files that are requested at a time, as by a check of a lockfile.
  private static final int PARALLEL = 16;

  /// The parent of the loggers of the listener, which report its start and stop. The reference is
  /// kept because the JDK discards loggers without references together with their level.
  private static final Logger LISTENER = Logger.getLogger("io.helidon");

  private final Wiring wiring;
  private final HttpServer listener;
  private final String caller;

  private RunGate(Wiring wiring, HttpServer listener, String caller) {
    this.wiring = wiring;
    this.listener = listener;
    this.caller = caller;
  }

  /// Opens the gate on the store of a folder.
  ///
  /// @throws lazaret.vetting.LazaretException if a setting is wrong, or the store cannot be opened
  static RunGate open(RunDataFolder folder, RunSettings settings, CliEnvironment around) {
    folder.keepConfiguration(settings.configuration());
    LISTENER.setLevel(Level.WARNING);
    Wiring wiring = wiring(folder, around);
    try {
      HttpServer listener = HttpServer.startForCommand(wiring.serverParts());
      RunGate gate = new RunGate(wiring, listener, Decision.LOCAL + around.user());
      try {
        gate.requireSocket(folder.socket());
        gate.keepToken(folder.store().resolve(DataFolderFiles.ADMIN_TOKEN));
        return gate;
      } catch (RuntimeException e) {
        listener.close();
        throw e;
      }
    } catch (RuntimeException e) {
      wiring.close();
      throw e;
    }
  }

  private static Wiring wiring(RunDataFolder folder, CliEnvironment around) {
    try {
      return InProcessTransport.wiring(folder.store(), around.clock(), Map.of());
    } catch (NoClassDefFoundError e) {
      if (!String.valueOf(e.getMessage()).startsWith("org/rocksdb/")) {
        throw e;
      }
      throw new CliException(
          ErrorCode.STORE_UNUSABLE,
          "cannot open a gate in this command: expected the database library, found the archive"
              + " for all systems; install the archive for Linux (lazaret-cli-VERSION-linux-ARCH),"
              + " or use 'vetting-cli sandbox' with a server",
          e);
    }
  }

  /// The listener leaves out a socket whose path is too long.
  private void requireSocket(Path path) {
    if (listener.socket().isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open a gate in this command: expected a short path for its socket, on a file system with sockets, found %s; set XDG_DATA_HOME to another folder"
              .formatted(path));
    }
  }

  /// Ensures that the file holds a valid token.
  private void keepToken(Path file) {
    try {
      boolean valid =
          Files.exists(file)
              && wiring.desk().tokens().authenticate(Files.readString(file).strip()).isPresent();
      if (!valid) {
        // Another name, since the token of a lost file still has the former one.
        long now = wiring.clock().instant().getEpochSecond();
        String secret =
            wiring
                .desk()
                .tokens()
                .create("run-" + now, RoleGrants.of(DeskRole.ADMIN), null, caller)
                .secret();
        PrivateFiles.replace(file, Bytes.utf8(secret + "\n"));
      }
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot keep a token in the folder of the command run: " + PrivateFiles.describe(e),
          e);
    }
  }

  /// Refreshes the feeds with progress, and reports those that are missing or old.
  ///
  /// @param always whether recent ones are refreshed, too
  /// @return whether all are recent
  /// @throws CliException if a list in a file cannot be used
  boolean areFeedsFresh(CliSession session, boolean always) {
    Map<String, String> old;
    try (ProgressLine progress = session.progress("fetching the feeds of advisories")) {
      old = refreshFeeds(always);
      progress.complete();
    }
    old.forEach(
        (name, why) ->
            session
                .terminal()
                .note(
                    "run: the feed '%s' of advisories is missing or older than a day: %s"
                        .formatted(name, why)));
    return old.isEmpty();
  }

  /// Refreshes the feeds if one of them is missing or a day old. A list in a file is read each
  /// time.
  ///
  /// @param always whether recent ones are refreshed, too
  /// @return a clause about each feed that is not recent now, by its name
  /// @throws CliException if a list in a file cannot be used
  Map<String, String> refreshFeeds(boolean always) {
    List<FeedLocation> places = wiring.config().feeds().locations();
    if (always || places.stream().anyMatch(place -> place.isFile() || !isRecent(place))) {
      refreshAll();
    }
    Map<String, String> old = new TreeMap<>();
    for (FeedLocation place : places) {
      String why = wiring.desk().feeds().failure(place.name()).map(Failure::why).orElse("");
      if (!place.isFile() && !isRecent(place)) {
        old.put(place.name(), why.isEmpty() ? "its source has nothing newer" : why);
      } else if (place.isFile() && !why.isEmpty()) {
        throw new CliException(
            ErrorCode.CONFIG_INVALID,
            "cannot use the list of --feeds: %s; correct the path or the list".formatted(why));
      }
    }
    return old;
  }

  /// Returns whether a feed is configured.
  boolean hasFeeds() {
    return !wiring.config().feeds().locations().isEmpty();
  }

  private void refreshAll() {
    Reply<FeedsRefreshReply> reply =
        wiring
            .deskApi()
            .call(FeedOperations.REFRESH_FEEDS, new EmptyRequest(), Caller.local(caller));
    if (reply instanceof Reply.Refused<FeedsRefreshReply> refused) {
      throw new CliException("cannot refresh the feeds", refused.problems());
    }
  }

  private boolean isRecent(FeedLocation place) {
    return asOf(place)
        .filter(at -> TimeSpan.from(at, FEEDS).holds(wiring.clock().instant()))
        .isPresent();
  }

  /// Returns the time to which a feed is complete, or empty if it is not stored.
  private Optional<Instant> asOf(FeedLocation place) {
    return wiring.desk().feeds().stored().stream()
        .map(stored -> stored.feed().info())
        .filter(info -> info.name().equals(place.name()))
        .map(FeedInfo::asOf)
        .findFirst();
  }

  /// Fetches the index files of a lockfile that are not stored, with progress. The check of the
  /// lockfile needs them, and reports those that are missing.
  void fetchIndex(CliSession session, Lockfile lockfile) {
    List<CrateId> wanted = lockfile.crateIds();
    AtomicBoolean unavailable = new AtomicBoolean();
    try (ProgressLine progress = session.progress("checking Cargo.lock")) {
      progress.begin("index", wanted.size(), "files");
      List<CrateId> _ =
          wanted.stream()
              .gather(
                  Gatherers.mapConcurrent(
                      PARALLEL,
                      id -> {
                        // The check waits for upstream once more, but not for each file twice.
                        if (!unavailable.get() && !isAvailable(id.name())) {
                          unavailable.set(true);
                        }
                        progress.step();
                        return id;
                      }))
              .toList();
      if (!unavailable.get()) {
        progress.complete();
      }
    }
  }

  /// Returns whether the index file of a crate is stored, or upstream could be asked for it.
  private boolean isAvailable(CrateName name) {
    return !(wiring.gate().index(name) instanceof IndexOutcome.Unavailable);
  }

  /// Returns the moment until which all verdicts on a lockfile stay as they are, if the store does
  /// not change. It is the present time if one of them is unknown.
  Instant validUntil(Lockfile lockfile, Instant now) {
    Instant day = now.plus(FEEDS);
    // The content of a list in a file is a part of the stamp, so that its age does not matter.
    Instant most =
        wiring.config().feeds().locations().stream()
            .filter(place -> !place.isFile())
            .map(place -> asOf(place).map(at -> at.plus(FEEDS)).orElse(now))
            .filter(day::isAfter)
            .min(Instant::compareTo)
            .orElse(day);
    return LockfileValidityPeriod.end(wiring.gate(), lockfile, now, most);
  }

  /// Returns the number of the last entry of the ledger.
  long head() {
    return wiring.store().ledgerHead().map(LedgerEntry::sequence).orElse(0L);
  }

  /// Ends the gate. Nothing of it stays in the process.
  @Override
  public void close() {
    try (wiring) {
      listener.close();
    }
  }
}
