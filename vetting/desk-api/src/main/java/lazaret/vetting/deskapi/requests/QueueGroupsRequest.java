package lazaret.vetting.deskapi.requests;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for one page of the queue, grouped by closure.
///
/// @param tab the part of the queue; null for `decision`
/// @param reason the code of a reason that the verdict must have; null for all
/// @param role a role of content that the version must have; null for all
/// @param to the person to whom the request is assigned; `-` for none; null for all
/// @param crate a pattern for the name of the crate, in which `*` matches any characters; null for
///   all
/// @param sort the order of the groups; null for `least-reading`
/// @param after the `next` of the page before; null for the first page
/// @param limit the largest number of rows, 1 to 200; null for 50
public record QueueGroupsRequest(
    @InQuery @Nullable Tab tab,
    @InQuery @Nullable String reason,
    @InQuery @Nullable Role role,
    @InQuery @Nullable String to,
    @InQuery @Nullable String crate,
    @InQuery @Nullable Sort sort,
    @InQuery @Nullable String after,
    @InQuery @Nullable Integer limit) {
  /// The parts of the queue.
  public enum Tab {
    /// Requests for which a person must decide.
    DECISION,
    /// Requests that the age of the version alone withholds.
    COOLDOWN,
    /// Requests that one person approved and that need a second one.
    SECOND_PERSON,
    /// Open requests that are assigned to the caller.
    MINE
  }

  /// The roles of content.
  public enum Role {
    /// The version has a build script.
    BUILD_SCRIPT,
    /// The version is a procedural macro.
    MACRO
  }

  /// The orders of groups.
  public enum Sort {
    /// Groups with the fewest lines to read come first; groups that are not compared come last.
    LEAST_READING,
    /// Groups with the earliest request come first.
    OLDEST,
    /// Groups with the most requests come first.
    MOST_REQUESTED
  }
}
