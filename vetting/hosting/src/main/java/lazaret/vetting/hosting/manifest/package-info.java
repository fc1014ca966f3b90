/// The derivation of an index line from the manifest of an archive.
@NullMarked
package lazaret.vetting.hosting.manifest;

import org.jspecify.annotations.NullMarked;
