package lazaret.web.lockfile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.web.FormFields;
import org.jspecify.annotations.Nullable;

/// The words of the form that decides on several versions: a denial or an exemption, never an
/// approval.
///
/// @param reason the reason as typed
/// @param ends the end of an exemption: a number of days, or `day`
/// @param day the day on which it ends as typed; empty if it is not used
/// @param picks the chosen versions
public record DecisionInput(String reason, String ends, String day, List<String> picks) {
  /// The words of a form at first.
  static final DecisionInput EMPTY = new DecisionInput("", "90", "", List.of());

  private static final int MAX_PICKS = 200;

  public DecisionInput {
    picks = List.copyOf(picks);
  }

  /// Reads the fields.
  static DecisionInput of(FormFields form) {
    return new DecisionInput(
        form.text("reason").orElse(""),
        form.text("ends").filter(List.of("14", "90", "day")::contains).orElse("90"),
        form.text("day").orElse(""),
        form.all("pick").stream().distinct().toList());
  }

  /// Returns the order that the form asks for.
  ///
  /// @param exempts whether the versions are exempted; otherwise they are denied
  /// @param name the name of the lockfile
  /// @throws MalformedException if a field has another form
  DecideRequest order(boolean exempts, String name, Instant now) {
    if (picks.isEmpty()) {
      throw new MalformedException("Nothing is selected: select the versions in the table");
    }
    if (picks.size() > MAX_PICKS) {
      throw new MalformedException("At most %d versions at once".formatted(MAX_PICKS));
    }
    if (reason.isEmpty()) {
      throw new MalformedException(
          "Write what you looked at: the ledger keeps it, and others rely on it");
    }
    return new DecideRequest(
        exempts ? DecisionInfo.Kind.EXEMPT : DecisionInfo.Kind.DENY,
        List.of(),
        versions(),
        null,
        null,
        name,
        false,
        true,
        reason,
        exempts ? end(now) : null,
        List.of(),
        null,
        List.of(),
        List.of(),
        null);
  }

  private List<CrateId> versions() {
    List<CrateId> versions = new ArrayList<>();
    for (String pick : picks) {
      String[] parts = pick.split("@", -1);
      if (parts.length != 3) {
        throw new MalformedException("The selection cannot be read: check the lockfile again");
      }
      versions.add(
          new CrateId(
              CrateName.parse(parts[0]), CrateVersion.parse(parts[1]), Sha256.parse(parts[2])));
    }
    return versions;
  }

  private @Nullable Instant end(Instant now) {
    if (!ends.equals("day")) {
      return now.plus(Duration.ofDays(Integer.parseInt(ends)));
    }
    try {
      return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new MalformedException("The day of the end is missing: write it as 2027-02-26", e);
    }
  }

  /// Returns whether an end is chosen, for the list of ends.
  public boolean endsIn(String value) {
    return ends.equals(value);
  }

  /// Returns whether a version is chosen.
  public boolean picked(@Nullable String pick) {
    return pick != null && picks.contains(pick);
  }
}
