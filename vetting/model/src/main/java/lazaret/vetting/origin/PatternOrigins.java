package lazaret.vetting.origin;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.roles.CratePattern;

/// The origins of names by patterns alone, without the names that exist. It returns
/// [NameOrigin#PUBLIC] or [NameOrigin#RESERVED].
///
/// @param privates the patterns of names for private crates
/// @param reserved the patterns of names that are neither published nor requested
/// @param exceptions the patterns of public names that other patterns match by chance
public record PatternOrigins(
    List<CratePattern> privates, List<CratePattern> reserved, List<CratePattern> exceptions)
    implements NameOrigins {
  /// Copies the lists.
  public PatternOrigins {
    privates = List.copyOf(privates);
    reserved = List.copyOf(reserved);
    exceptions = List.copyOf(exceptions);
  }

  /// Returns these origins with one more name that is public, whatever matches it.
  public PatternOrigins withPublic(CrateName name) {
    CratePattern exact = new CratePattern(name.published());
    return new PatternOrigins(
        privates, reserved, Stream.concat(exceptions.stream(), Stream.of(exact)).toList());
  }

  @Override
  public NameOrigin of(CrateName name) {
    return (isReserved(name) || mayBePrivate(name)) && !isException(name)
        ? NameOrigin.RESERVED
        : NameOrigin.PUBLIC;
  }

  /// Returns whether the operator says that the name is public, whatever else matches it.
  public boolean isException(CrateName name) {
    return matches(exceptions, name);
  }

  /// Returns whether the name may be neither published nor requested.
  public boolean isReserved(CrateName name) {
    return matches(reserved, name);
  }

  /// Returns the text of the first pattern that reserves the name; empty if none does.
  public String reservedBy(CrateName name) {
    return Stream.concat(reserved.stream(), privates.stream())
        .filter(each -> each.matches(name))
        .map(CratePattern::text)
        .findFirst()
        .orElse("");
  }

  /// Returns whether a pattern for private crates matches the name.
  public boolean mayBePrivate(CrateName name) {
    return matches(privates, name);
  }

  private static boolean matches(List<CratePattern> patterns, CrateName name) {
    return patterns.stream().anyMatch(each -> each.matches(name));
  }
}
