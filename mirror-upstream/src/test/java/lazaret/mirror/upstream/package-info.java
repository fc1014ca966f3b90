/// Tests of the upstreams.
@NullMarked
package lazaret.mirror.upstream;

import org.jspecify.annotations.NullMarked;
