/// Tests of the fair division of requests to upstream.
@NullMarked
package lazaret.vetting.shares;

import org.jspecify.annotations.NullMarked;
