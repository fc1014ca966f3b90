package lazaret.vetting.detonation;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.inspect.source.Capability;
import org.jspecify.annotations.Nullable;

/// The recorded behavior of a version, with the places in its sources that show it.
///
/// @param id the version
/// @param evidence the evidence and its base; null if none was filed
/// @param lines the events, by group, kind and text
/// @param notSeen the kinds of events that neither build shows; empty without evidence
/// @param limits the limits of the method, one sentence each
/// @param unread the reason if the sources are not readable; null otherwise
public record BehaviorReport(
    CrateId id,
    DetonationService.@Nullable Report evidence,
    List<Line> lines,
    List<Kind> notSeen,
    List<String> limits,
    @Nullable NotReadable unread) {
  /// Copies the lists.
  public BehaviorReport {
    lines = List.copyOf(lines);
    notSeen = List.copyOf(notSeen);
    limits = List.copyOf(limits);
  }

  /// The comparison of an event with the base, in the order of reports.
  public enum Group {
    /// Only the build of the version shows it.
    NEW,
    /// Only the build of the base shows it.
    GONE,
    /// Both builds show it.
    AS_BEFORE,
    /// The version shows it, and no base has evidence.
    NOT_COMPARED
  }

  /// The object of an event, the most dangerous first.
  public enum Kind {
    /// A host or a socket.
    HOST,
    /// A decoy credential.
    CREDENTIAL,
    /// An interface of the system that builds do not need.
    SYSTEM,
    /// A program that ran.
    PROCESS,
    /// A file that was written, or an attempt.
    FILE_WRITTEN,
    /// A file of the machine that a compilation read.
    FILE_READ,
    /// A variable that a compilation read.
    VARIABLE,
    /// An instruction of the build script to cargo.
    INSTRUCTION,
    /// An exceeded limit.
    LIMIT,
    /// An event of another kind.
    OTHER
  }

  /// One event with the places that show it.
  ///
  /// @param group the comparison with the base
  /// @param kind the kind of the object
  /// @param trace the event as filed
  /// @param what the object alone
  /// @param crate the crate that caused it; null if the evidence names none
  /// @param places the lines that show it
  /// @param more the number of further lines
  /// @param statement the origin in one sentence; null if the lines are all that is known
  public record Line(
      Group group,
      Kind kind,
      Trace trace,
      String what,
      @Nullable String crate,
      List<Place> places,
      int more,
      @Nullable String statement) {
    /// Copies the list.
    public Line {
      places = List.copyOf(places);
    }
  }

  /// A line of the sources.
  ///
  /// @param path the path of the file, made printable
  /// @param line the line, from 1
  /// @param excerpt the line or a description; shortened and made printable
  /// @param capability the capability that it shows; null if it only names the object
  /// @param named whether it names the object
  public record Place(
      String path, int line, String excerpt, @Nullable Capability capability, boolean named) {}
}
