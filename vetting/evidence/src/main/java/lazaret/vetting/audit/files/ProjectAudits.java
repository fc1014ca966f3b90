package lazaret.vetting.audit.files;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// The whole store of a project, its `supply-chain/` folder. It has the project's own audits,
/// imports in its own criteria, exemptions and publishers. It is read as `cargo vet --locked` does:
/// any fault refuses the store.
///
/// @param own `audits.toml`
/// @param config `config.toml`
/// @param lock `imports.lock`
public record ProjectAudits(AuditsFile own, VetConfig config, ImportsLock lock) {
  /// Reads the three files.
  ///
  /// @param audits bytes of `audits.toml`
  /// @param config bytes of `config.toml`
  /// @param lock bytes of `imports.lock`
  /// @throws MalformedException if one cannot be read, or an import of `config.toml` is missing in
  ///   `imports.lock`
  public static ProjectAudits read(Bytes audits, Bytes config, Bytes lock) {
    var project =
        new ProjectAudits(
            AuditsReader.read(audits), VetConfig.read(config), ImportsLock.read(lock));
    for (String nick : project.config.imports().keySet()) {
      if (!project.lock.audits().containsKey(nick)) {
        throw new MalformedException(
            "cannot read imports.lock: it lacks '%s', which config.toml imports; run 'cargo vet' first"
                .formatted(nick));
      }
    }
    return project;
  }

  /// Refuses the project's own wildcard audits that end too late: see [AuditsReader#requireEnds].
  public void requireEnds(LocalDate today) {
    AuditsReader.requireEnds(own, today);
  }

  /// Returns the store for searches. The project's own audits become an import like the others, so
  /// that results can name them. Only its trusted publishers are local.
  ///
  /// @param name name of the project
  public VetStore store(String name) {
    var imports = new TreeMap<String, AuditsFile>();
    imports.put(
        name, new AuditsFile(new TreeMap<>(), own.wildcardAudits(), own.audits(), new TreeMap<>()));
    config
        .imports()
        .keySet()
        .forEach(
            nick ->
                imports.put(
                    name + "." + nick, peer(lock.audits().getOrDefault(nick, AuditsFile.EMPTY))));
    return new VetStore(
        new AuditsFile(own.criteria(), new TreeMap<>(), new TreeMap<>(), own.trusted()),
        imports,
        config.exemptions(),
        lock.publications(),
        lock.unpublished());
  }

  /// Returns a peer's file without trust and criteria. Trust is not transitive, and the criteria
  /// are already those of the project.
  private static AuditsFile peer(AuditsFile file) {
    return new AuditsFile(new TreeMap<>(), file.wildcardAudits(), file.audits(), new TreeMap<>());
  }

  /// Returns the number of entries.
  public int size() {
    return own.size()
        + lock.audits().values().stream().mapToInt(AuditsFile::size).sum()
        + config.exemptions().values().stream().mapToInt(List::size).sum();
  }

  /// Returns the parts that are read but not imported, as sentences.
  public List<String> omitted() {
    var left = new ArrayList<String>();
    if (!config.policy().isEmpty()) {
      left.add("[policy]: the criteria of the gate's policy apply to every package");
    }
    long git =
        count(config.exemptions(), Exemption::version)
            + count(lock.unpublished(), Unpublished::version);
    if (git > 0) {
      left.add("entries on git revisions, which no registry has: " + git);
    }
    return left;
  }

  private static <T> long count(
      SortedMap<String, List<T>> entries, Function<T, VetVersion> version) {
    return entries.values().stream()
        .flatMap(List::stream)
        .filter(entry -> !version.apply(entry).isPublished())
        .count();
  }
}
