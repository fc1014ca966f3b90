package lazaret.vetting.audit.files;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlNode;

/// `config.toml` of a store: imports and exemptions. Unknown keys are ignored, as in cargo-vet.
///
/// @param version version of the store format, `MAJOR.MINOR`
/// @param defaultCriteria criteria of a recorded audit unless stated otherwise
/// @param imports peers by nickname
/// @param policy requirements of crates, by `NAME` or `NAME:VERSION`
/// @param exemptions exemptions by crate
public record VetConfig(
    String version,
    String defaultCriteria,
    SortedMap<String, RemoteImport> imports,
    SortedMap<String, PolicyEntry> policy,
    SortedMap<String, List<Exemption>> exemptions) {
  /// The assumed version of a store without one.
  public static final String OLDEST = "0.4";

  private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}");

  /// Copies the maps.
  public VetConfig {
    imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
    policy = Collections.unmodifiableSortedMap(new TreeMap<>(policy));
    exemptions = AuditsFile.tidied(exemptions);
  }

  /// Reads a file.
  ///
  /// @param content bytes of the file
  /// @throws MalformedException if the file is not TOML, exceeds a limit, or cargo-vet would refuse
  ///   it
  public static VetConfig read(Bytes content) {
    VetTable root = VetLimits.read("config.toml", content);
    String defaultCriteria = root.text("default-criteria");
    return new VetConfig(
        version(root),
        defaultCriteria == null ? Criteria.SAFE_TO_DEPLOY : defaultCriteria,
        imports(root.child("imports")),
        policy(root.child("policy")),
        AuditsReader.byCrate(
            root.child(root.has("exemptions") ? "exemptions" : "unaudited"),
            VetEntries::exemption));
  }

  private static String version(VetTable root) {
    if (!root.has("cargo-vet")) {
      return OLDEST;
    }
    String version = root.child("cargo-vet").requiredText("version");
    if (!VERSION.matcher(version).matches()) {
      throw root.complaint(
          "'cargo-vet.version' must be MAJOR.MINOR, found '" + Excerpt.of(version) + "'");
    }
    return version;
  }

  private static SortedMap<String, RemoteImport> imports(VetTable table) {
    var imports = new TreeMap<String, RemoteImport>(VetOrder.BYTES);
    for (String nick : table.table().entries().keySet()) {
      VetTable entry = table.child(nick);
      imports.put(
          nick,
          new RemoteImport(
              entry.requiredTexts("url"),
              entry.texts("exclude"),
              entry.textsByKey("criteria-map")));
    }
    return imports;
  }

  private static SortedMap<String, PolicyEntry> policy(VetTable table) {
    var policy = new TreeMap<String, PolicyEntry>(VetOrder.BYTES);
    var versioned = new TreeMap<String, Boolean>();
    for (Map.Entry<String, TomlNode> entry : table.table().entries().entrySet()) {
      String key = entry.getKey();
      int colon = key.indexOf(':');
      if (colon >= 0) {
        VetVersion.parse(key.substring(colon + 1));
      }
      Boolean before = versioned.put(colon < 0 ? key : key.substring(0, colon), colon >= 0);
      if (before != null && before != colon >= 0) {
        throw table.complaint(
            "'"
                + Excerpt.of(key)
                + "' conflicts with another entry of the crate; give all of them a"
                + " version, or none");
      }
      policy.put(key, policyEntry(table.child(key)));
    }
    return policy;
  }

  private static PolicyEntry policyEntry(VetTable entry) {
    return new PolicyEntry(
        entry.flag("audit-as-crates-io"),
        entry.has("criteria") ? entry.texts("criteria") : null,
        entry.has("dev-criteria") ? entry.texts("dev-criteria") : null,
        entry.textsByKey("dependency-criteria"),
        entry.text("notes"));
  }
}
