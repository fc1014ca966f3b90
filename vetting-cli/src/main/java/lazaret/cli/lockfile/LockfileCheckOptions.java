package lazaret.cli.lockfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.cargo.PrivateRegistryAddresses;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options that determine by what lockfiles are checked: a gate, or files of advisories and
/// audits. They are declared without annotations: see [lazaret.cli.command.GlobalOptions]. Used for
/// one run.
final class LockfileCheckOptions {
  private final OptionSpec feeds =
      OptionSpec.builder("--feed")
          .paramLabel("PATH")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .description(
              "Use no gate, but the advisories in this file or folder: RustSec's database or OSV"
                  + " records, archived or not, or a local list. May be given several times.")
          .build();

  private final OptionSpec criteria =
      OptionSpec.builder("--criteria")
          .paramLabel("NAME")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .splitRegex(",")
          .description(
              "Also require audits of every package, own or imported, for these criteria of"
                  + " cargo-vet, such as safe-to-deploy. May be given several times.")
          .build();

  private final OptionSpec audits =
      OptionSpec.builder("--audits")
          .paramLabel("PATH")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .description(
              "With --feed: audits for the --criteria, as an audits.toml or the supply-chain folder"
                  + " of a project. May be given several times.")
          .build();

  private @Nullable AdvisorySet advisories;

  /// Adds the options to a command.
  void addTo(CommandSpec spec) {
    for (OptionSpec option : List.of(feeds, criteria, audits)) {
      spec.addOption(option);
    }
  }

  /// Returns the values of an option or argument that may be given several times.
  static <T> List<T> all(ArgSpec values) {
    List<T> all = values.getValue();
    return all == null ? List.of() : all;
  }

  /// Returns the advisories in the files of the user, or null if a gate is used.
  @Nullable AdvisorySet advisories(CliSession session) {
    List<Path> fromFiles = all(feeds);
    if (advisories == null && !fromFiles.isEmpty()) {
      advisories =
          new FeedFileReader(session.around(), FeedCache.of(session.around())).read(fromFiles);
    }
    return advisories;
  }

  /// Checks lockfiles.
  ///
  /// @param listed whether the report lists the served packages
  /// @throws CliException if options or files cannot be used, or a gate refuses the check
  VerifyReport report(CliSession session, List<LockfileText> files, boolean listed) {
    if (!all(feeds).isEmpty()) {
      return offline(session, files);
    }
    if (!all(audits).isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --audits without --feed: a gate has its own audits; add to them with"
              + " 'vetting-cli audits import'");
    }
    List<String> wanted = all(criteria);
    var extent = new CheckedLockfile.Extent(wanted, !listed);
    List<CheckedLockfile> locks =
        files.stream().map(f -> CheckedLockfile.check(session, f, extent)).toList();
    return new VerifyReport(
        locks.stream().map(l -> l.file().toString()).toList(),
        session.desk().where(),
        List.of(),
        locks.stream().flatMap(l -> l.packages().stream()).toList(),
        omitted(locks),
        locks.stream().flatMap(l -> l.local().stream()).toList(),
        locks.stream().flatMap(l -> l.feedWarnings().stream()).toList());
  }

  private static Map<String, Long> omitted(List<CheckedLockfile> locks) {
    Map<String, Long> omitted = new HashMap<>();
    locks.forEach(l -> omitted.merge(l.file().toString(), l.omitted(), Long::sum));
    return omitted;
  }

  /// Returns whether the user's own configuration of cargo has a registry. A project names any.
  private static boolean isTrusted(CliEnvironment around, String url) {
    return PrivateRegistryAddresses.of(Path.of("/"), around.environment(), around.home())
        .containsValue(url);
  }

  private VerifyReport offline(CliSession session, List<LockfileText> files) {
    if (session.namesDesk()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --feed with --server, --token-file or --data-dir: a gate has its own feeds");
    }
    OfflineCheck.Coverage vouched = audited(session).orElse(null);
    // While the feeds are read, which takes about as long.
    FutureTask<List<Lockfile>> parsed =
        new FutureTask<>(() -> files.stream().map(f -> f.parse("cannot verify")).toList());
    Thread.ofPlatform().daemon().name("lockfiles").start(parsed);
    OfflineCheck check =
        new OfflineCheck(
            Objects.requireNonNull(advisories(session), "feeds"),
            vouched,
            session.now(),
            url -> isTrusted(session.around(), url));
    List<PackageResult> packages = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> local = new ArrayList<>();
    for (Lockfile lock : taken(parsed)) {
      String name = files.get(names.size()).name();
      names.add(name);
      packages.addAll(check.check(name, lock));
      local.addAll(lock.local());
    }
    String against =
        Stream.concat(
                LockfileCheckOptions.<Path>all(feeds).stream(),
                LockfileCheckOptions.<Path>all(audits).stream())
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    return new VerifyReport(
        names, against, OfflineCheck.UNCHECKED, packages, Map.of(), local, check.feedWarnings());
  }

  private static <T> T taken(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a lockfile was parsed", e);
    }
  }

  private Optional<OfflineCheck.Coverage> audited(CliSession session) {
    List<Path> fromFiles = all(audits);
    List<String> wanted = all(criteria);
    if (fromFiles.isEmpty() && !wanted.isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot check the criteria %s without a gate: expected audits, found none; name an audits.toml or a supply-chain folder with --audits, or leave out --feed"
              .formatted(String.join(", ", wanted)));
    }
    if (wanted.isEmpty() && !fromFiles.isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --audits without --criteria: expected criteria, found none; add, for example,"
              + " --criteria safe-to-deploy");
    }
    return wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OfflineCheck.Coverage(
                new AuditFileReader(session.around()).read(fromFiles), wanted));
  }
}
