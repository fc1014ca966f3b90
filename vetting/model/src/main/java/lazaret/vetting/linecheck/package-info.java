/// The comparison of an index line with its earlier form, or with the manifest of its artifact.
@NullMarked
package lazaret.vetting.linecheck;

import org.jspecify.annotations.NullMarked;
