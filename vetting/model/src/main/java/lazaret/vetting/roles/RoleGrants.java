package lazaret.vetting.roles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// All roles that a person or token has. A person has the permissions of all of them.
///
/// @param grants the roles, each once
public record RoleGrants(List<RoleGrant> grants) {
  /// No role.
  public static final RoleGrants NONE = new RoleGrants(List.of());

  /// The maximum number of roles.
  public static final int MAX_GRANTS = 100;

  /// Removes repetitions and checks the number.
  ///
  /// @throws MalformedException if there are too many
  public RoleGrants {
    grants = List.copyOf(new LinkedHashSet<>(grants));
    if (grants.size() > MAX_GRANTS) {
      throw new MalformedException(
          "cannot read the roles: expected at most %d, found %d"
              .formatted(MAX_GRANTS, grants.size()));
    }
  }

  /// Returns roles for all crates.
  public static RoleGrants of(DeskRole... roles) {
    return new RoleGrants(Arrays.stream(roles).map(RoleGrant::of).toList());
  }

  /// Reads text forms, as those of [RoleGrant#parse].
  ///
  /// @throws MalformedException if one has another form
  public static RoleGrants parse(List<String> texts) {
    if (texts.size() > MAX_GRANTS) {
      throw new MalformedException(
          "cannot read the roles: expected at most %d, found %d"
              .formatted(MAX_GRANTS, texts.size()));
    }
    return new RoleGrants(texts.stream().map(RoleGrant::parse).toList());
  }

  /// Returns the text forms of the roles.
  public List<String> texts() {
    return grants.stream().map(RoleGrant::toString).toList();
  }

  /// Returns whether there is no role.
  public boolean isEmpty() {
    return grants.isEmpty();
  }

  /// Returns whether one of the roles includes another one, at least for some crates.
  public boolean has(DeskRole role) {
    return grants.stream().anyMatch(each -> each.role().includes(role));
  }

  /// Returns whether one of the roles includes one of some others, at least for some crates.
  public boolean hasAny(Set<DeskRole> roles) {
    return roles.stream().anyMatch(this::has);
  }

  /// Returns whether the roles permit decisions on a crate.
  public boolean reviews(CrateName name) {
    return grants.stream().anyMatch(each -> each.reviews(name));
  }

  /// Returns whether one of the roles permits the acts of a role on a crate.
  public boolean permits(DeskRole role, CrateName name) {
    return grants.stream().anyMatch(each -> each.permits(role, name));
  }

  /// Returns whether the roles permit decisions on all crates.
  public boolean reviewsAll() {
    return permitsAll(DeskRole.REVIEWER);
  }

  private boolean permitsAll(DeskRole role) {
    return grants.stream()
        .anyMatch(
            each -> each.role().includes(role) && (each.role() != role || each.crates().isEmpty()));
  }

  /// Returns the roles that both this and other roles permit. Decisions and the acts of scopes are
  /// limited to the crates that both permit; two lists of patterns have the patterns in common that
  /// a pattern of the other one covers.
  ///
  /// @param limit the roles that the result must not exceed
  public RoleGrants within(RoleGrants limit) {
    List<RoleGrant> common = new ArrayList<>();
    for (DeskRole role : DeskRole.values()) {
      if (has(role) && limit.has(role)) {
        if (role.isLimitable()) {
          common.addAll(commonCrates(role, limit));
        } else {
          common.add(RoleGrant.of(role));
        }
      }
    }
    return new RoleGrants(
        common.stream().filter(each -> common.stream().noneMatch(o -> covers(o, each))).toList());
  }

  private List<RoleGrant> commonCrates(DeskRole role, RoleGrants limit) {
    if (permitsAll(role)) {
      return limit.limited(role);
    }
    if (limit.permitsAll(role)) {
      return limited(role);
    }
    List<CratePattern> mine = patterns(role);
    List<CratePattern> theirs = limit.patterns(role);
    List<CratePattern> both =
        Stream.concat(covered(mine, theirs), covered(theirs, mine))
            .distinct()
            .limit(RoleGrant.MAX_CRATES)
            .toList();
    return both.isEmpty() ? List.of() : List.of(new RoleGrant(role, both));
  }

  private List<CratePattern> patterns(DeskRole role) {
    return limited(role).stream().flatMap(each -> each.crates().stream()).toList();
  }

  /// Returns the patterns that one of some wider ones covers.
  private static Stream<CratePattern> covered(
      List<CratePattern> patterns, List<CratePattern> wider) {
    return patterns.stream().filter(each -> wider.stream().anyMatch(wide -> wide.covers(each)));
  }

  /// Returns the grants that permit the acts of a role, as grants of this role.
  private List<RoleGrant> limited(DeskRole role) {
    return grants.stream()
        .filter(each -> each.role().includes(role))
        .map(each -> new RoleGrant(role, each.crates()))
        .toList();
  }

  private static boolean covers(RoleGrant wide, RoleGrant narrow) {
    return wide.role() != narrow.role() && wide.role().includes(narrow.role());
  }

  /// Returns the text forms, with a comma between two.
  @Override
  public String toString() {
    return grants.stream().map(RoleGrant::toString).collect(Collectors.joining(", "));
  }
}
