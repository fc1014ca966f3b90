package lazaret.vetting.deskapi.feeds;

import java.time.LocalDate;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// A record of a feed that describes a problem of a crate.
///
/// @param id the id
/// @param feed the name of the feed
/// @param aliases other ids of the same problem
/// @param name the crate; null if the record names none
/// @param kind the kind of the advisory
/// @param severity the severity: `critical`, `high`, `medium`, `low`, `none` or `unknown`
/// @param score the CVSS score; null if the record has none
/// @param vector the CVSS vector; null if the record has none
/// @param title the title
/// @param url the address of the advisory; null if it has none
/// @param date the date of the record; null if it has none
/// @param withdrawn whether the feed has withdrawn the record
/// @param byAssociation whether the record names another crate of the same attack
/// @param affected the affected versions in one clause
/// @param functions the affected functions; empty for the whole crate
/// @param arch the affected processor architectures; empty for all
/// @param os the affected operating systems; empty for all
/// @param iocs the indicators of compromise
public record AdvisoryInfo(
    String id,
    String feed,
    List<String> aliases,
    @Nullable CrateName name,
    Kind kind,
    String severity,
    @Nullable String score,
    @Nullable String vector,
    String title,
    @Nullable String url,
    @Nullable LocalDate date,
    boolean withdrawn,
    boolean byAssociation,
    String affected,
    List<String> functions,
    List<String> arch,
    List<String> os,
    List<String> iocs) {
  public AdvisoryInfo {
    aliases = List.copyOf(aliases);
    functions = List.copyOf(functions);
    arch = List.copyOf(arch);
    os = List.copyOf(os);
    iocs = List.copyOf(iocs);
  }

  /// The kinds of advisories.
  public enum Kind {
    /// The crate was published to do harm.
    MALWARE,
    /// The crate has a security defect.
    VULNERABILITY,
    /// Safe code that uses the crate can break memory safety.
    UNSOUND,
    /// The crate is not maintained.
    UNMAINTAINED,
    /// Other information for users.
    NOTICE
  }
}
