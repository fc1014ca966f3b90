/// The comparison of an index line with an earlier line of the same version and with the manifest
/// of its artifact.
@NullMarked
package lazaret.vetting.linecheck;

import org.jspecify.annotations.NullMarked;
