package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.PolicyFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.PolicyOrigin;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyMistake;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyReader;
import org.jspecify.annotations.Nullable;

/// A watch over the policy file that reads it at start, and again after a change. A file with
/// mistakes has no effect: the policy before stays in force, and the log and the ledger record the
/// rejection. Not thread-safe, except where [CurrentRulebook] synchronizes.
final class PolicyFileWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PolicyFileWatch.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int MAX_LOGGED = 5;

  private final Path file;
  private final Policy base;
  private final CurrentRulebook rules;
  private final Store store;
  private final Clock clock;
  private @Nullable Bytes seen;
  private @Nullable Thread thread;

  /// Creates a watch; [#start] begins to look for changes.
  ///
  /// @param base the policy that applies to settings that are absent from the file
  PolicyFileWatch(Path file, Policy base, CurrentRulebook rules, Store store, Clock clock) {
    this.file = file;
    this.base = base;
    this.rules = rules;
    this.store = store;
    this.clock = clock;
  }

  /// Puts the policy of the configuration in force: that of its policy file, if it names one.
  ///
  /// @return the watch over that file; null without one
  /// @throws ConfigException if it cannot be read or has mistakes, naming all of them
  static @Nullable PolicyFileWatch begin(
      MirrorConfig config, CurrentRulebook rules, Store store, Clock clock) {
    Path file = config.policyFile();
    if (file == null) {
      begun(store, config.policy(), clock);
      return null;
    }
    PolicyFileWatch watch = new PolicyFileWatch(file, config.policy(), rules, store, clock);
    watch.begin();
    return watch;
  }

  /// Reads the file for the first time and puts its policy in force.
  ///
  /// @throws ConfigException if it cannot be read or has mistakes, naming all of them
  void begin() {
    Bytes text;
    try {
      text = PolicyFiles.read(file);
    } catch (IOException e) {
      throw new ConfigException(List.of(mistake(new PolicyMistake(1, 1, unreadable(e)))));
    }
    seen = text;
    switch (PolicyReader.read(text, base, clock.instant())) {
      case PolicyParseResult.Valid right -> {
        formerNames(right);
        rules.take(right.policy(), origin(text));
        begun(store, right.policy(), clock);
      }
      case PolicyParseResult.Invalid wrong ->
          throw new ConfigException(wrong.mistakes().stream().map(this::mistake).toList());
    }
  }

  private void formerNames(PolicyParseResult.Valid read) {
    read.formerNames().stream()
        .limit(MAX_LOGGED)
        .forEach(note -> LOG.log(System.Logger.Level.WARNING, "{0}", note.in(file.toString())));
  }

  private ConfigMistake mistake(PolicyMistake found) {
    return new ConfigMistake(
        new ConfigOrigin.File(file, found.line(), found.column()), found.text());
  }

  private PolicyOrigin origin(Bytes text) {
    return new PolicyOrigin(base, file.toString(), Sha256.of(text), clock.instant(), null);
  }

  /// Starts looking for changes in the background.
  void start() {
    thread = Thread.ofVirtual().name("policy file").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        lookAgain();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks for a change once. A later look records a change that the store does not record now.
  void lookAgain() {
    try {
      look();
    } catch (LazaretException e) {
      seen = null;
      LOG.log(
          System.Logger.Level.WARNING,
          "the policy file {0} is read again, since the ledger does not record it: {1}",
          file,
          e.getMessage());
    }
  }

  /// Looks for a change once. An unchanged text is not parsed again.
  void look() {
    Bytes text;
    try {
      text = PolicyFiles.read(file);
    } catch (IOException e) {
      if (seen != null) {
        seen = null;
        kept(unreadable(e));
      }
      return;
    }
    if (seen != null && text.equals(seen)) {
      return;
    }
    seen = text;
    switch (PolicyReader.read(text, base, clock.instant())) {
      case PolicyParseResult.Valid right -> {
        formerNames(right);
        changed(right.policy(), text);
      }
      case PolicyParseResult.Invalid wrong ->
          kept(
              wrong.mistakes().stream()
                  .limit(MAX_LOGGED)
                  .map(m -> m.in(file.toString()))
                  .collect(Collectors.joining("; ")));
    }
  }

  private void changed(Policy policy, Bytes text) {
    String before = rules.take(policy, origin(text)).policy().generation();
    if (!before.equals(policy.generation())) {
      LOG.log(System.Logger.Level.INFO, "the policy of {0} is in force", file);
    }
    inForce(store, policy, clock, "in force: " + file);
  }

  /// Records in the ledger which policy is in force at a start, unless the store has it as the last
  /// one. A change made while no server ran is recorded too.
  static void begun(Store store, Policy policy, Clock clock) {
    inForce(store, policy, clock, "in force since a start, by its file or by another program");
  }

  private static void inForce(Store store, Policy policy, Clock clock, String what) {
    boolean _ = store.serially(WriteScope.POLICY, () -> recorded(store, policy, clock, what));
  }

  /// Returns whether the policy is recorded as the last one.
  private static boolean recorded(Store store, Policy policy, Clock clock, String what) {
    Bytes now = Bytes.utf8(policy.generation());
    Bytes before = store.meta(MetaKey.POLICY_GENERATION).orElse(null);
    if (before != null && before.equals(now)) {
      return true;
    }
    if (store.condition().withholds()) {
      LOG.log(
          System.Logger.Level.WARNING, "policy in force not recorded: the store refuses writes");
      return false;
    }
    List<Batch.Write> writes = new ArrayList<>();
    writes.add(new Batch.Write.PutMeta(MetaKey.POLICY_GENERATION, now));
    if (before != null) {
      writes.add(
          new Batch.Write.Append(
              new Notice(
                  Notice.Kind.POLICY_CHANGED,
                  clock.instant(),
                  Notice.GATE,
                  null,
                  null,
                  "%s, generation %s after %s".formatted(what, now.text(), before.text()))));
    }
    store.commit(Batch.synced(writes));
    return true;
  }

  private void kept(String why) {
    rules.refuse(why);
    LOG.log(
        System.Logger.Level.WARNING,
        "policy not changed, the previous one stays in force: {0}",
        why);
    note("not in force, the policy before stays: " + why);
  }

  private void note(String detail) {
    if (store.condition().withholds()) {
      return;
    }
    Notice notice =
        new Notice(Notice.Kind.POLICY_CHANGED, clock.instant(), Notice.GATE, null, null, detail);
    store.commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
  }

  private String unreadable(IOException e) {
    return "cannot read the policy file %s: %s".formatted(file, e.getMessage());
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
