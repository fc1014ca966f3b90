package lazaret.vetting.deskapi.reading;

import lazaret.vetting.deskapi.diff.DiffRole;
import org.jspecify.annotations.Nullable;

/// The lines of one role that a person has read.
///
/// @param role the role
/// @param lines the number of lines to read; a file that is not shown as text counts as one
/// @param read the number of those that count as read
/// @param required the share that the policy requires for an approval, in percent; null for none
/// @param left the number of lines that are left until that share is read
public record ReadShareInfo(
    DiffRole role, long lines, long read, @Nullable Integer required, long left) {}
