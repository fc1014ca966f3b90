/// Tests of how feeds are fetched.
@NullMarked
package lazaret.mirror.feeds;

import org.jspecify.annotations.NullMarked;
