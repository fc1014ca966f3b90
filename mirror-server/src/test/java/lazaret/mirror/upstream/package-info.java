/// Tests of the ways to upstream.
@NullMarked
package lazaret.mirror.upstream;

import org.jspecify.annotations.NullMarked;
