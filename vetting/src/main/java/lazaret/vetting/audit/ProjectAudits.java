package lazaret.vetting.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// The whole store of a project, its `supply-chain/` folder: its own audits, what it imported in
/// its own criteria, exemptions, and who published what. It is read as `cargo vet --locked` reads
/// it: what cannot be read refuses the whole.
///
/// @param own `audits.toml`
/// @param config `config.toml`
/// @param lock `imports.lock`
public record ProjectAudits(AuditsFile own, VetConfig config, ImportsLock lock) {
  /// Reads the three files.
  ///
  /// @param audits the bytes of `audits.toml`
  /// @param config the bytes of `config.toml`
  /// @param lock the bytes of `imports.lock`
  /// @throws MalformedException if one cannot be read, or an import of `config.toml` is not in
  ///   `imports.lock`
  public static ProjectAudits read(Bytes audits, Bytes config, Bytes lock) {
    var project =
        new ProjectAudits(
            AuditsReader.read(audits), VetConfig.read(config), ImportsLock.read(lock));
    for (String nick : project.config.imports().keySet()) {
      if (!project.lock.audits().containsKey(nick)) {
        throw new MalformedException(
            "cannot read imports.lock: it has nothing of '%s', which config.toml imports; run 'cargo vet' first"
                .formatted(nick));
      }
    }
    return project;
  }

  /// Refuses wildcard audits of its own that reach too far ahead: see [AuditsReader#requireEnds].
  public void requireEnds(LocalDate today) {
    AuditsReader.requireEnds(own, today);
  }

  /// Returns what a search looks at. What the project says of itself is an import like what it
  /// imported, so that an answer can name it; only its trust in publishers is our own.
  ///
  /// @param name what the project is called
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

  /// A peer's trust is a hint at most, and its criteria are those of the project by now.
  private static AuditsFile peer(AuditsFile file) {
    return new AuditsFile(new TreeMap<>(), file.wildcardAudits(), file.audits(), new TreeMap<>());
  }

  /// Returns how many entries it has.
  public int size() {
    return own.size()
        + lock.audits().values().stream().mapToInt(AuditsFile::size).sum()
        + config.exemptions().values().stream().mapToInt(List::size).sum();
  }

  /// Returns what is read and not taken over, in sentences.
  public List<String> leftOut() {
    var left = new ArrayList<String>();
    if (!config.policy().isEmpty()) {
      left.add("[policy]: here everybody is asked for the criteria of the gate's policy");
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
