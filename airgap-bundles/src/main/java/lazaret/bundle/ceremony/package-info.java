/// The ceremonies of a stream of bundles: the first root, its rotation, the transcript.
@NullMarked
package lazaret.bundle.ceremony;

import org.jspecify.annotations.NullMarked;
