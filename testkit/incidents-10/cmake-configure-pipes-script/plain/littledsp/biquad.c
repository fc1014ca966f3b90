/* Synthetic, inert fixture written from public reports */
#include <math.h>
#include <stddef.h>

typedef struct { float b0, b1, b2, a1, a2, z1, z2; } ld_biquad;

void ld_lowpass(ld_biquad *f, float rate, float cut, float q) {
    float w = 6.2831853f * cut / rate;
    float c = cosf(w), alpha = sinf(w) / (2.0f * q), a0 = 1.0f + alpha;
    f->b0 = f->b2 = (1.0f - c) / 2.0f / a0;
    f->b1 = (1.0f - c) / a0;
    f->a1 = -2.0f * c / a0;
    f->a2 = (1.0f - alpha) / a0;
    f->z1 = f->z2 = 0.0f;
}

void ld_run(ld_biquad *f, float *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float in = samples[i], out = in * f->b0 + f->z1;
        f->z1 = in * f->b1 + f->z2 - f->a1 * out;
        f->z2 = in * f->b2 - f->a2 * out;
        samples[i] = out;
    }
}
