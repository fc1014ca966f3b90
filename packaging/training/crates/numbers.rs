//! Numbers: literals of all forms, digests, random numbers and wide arithmetic.

#![allow(clippy::unreadable_literal, clippy::many_single_char_names)]

use core::ops::{Add, BitXor, Index, Mul, Shl};

pub const DECIMAL: u64 = 1_000_000_007;
pub const HEXADECIMAL: u32 = 0xdead_beef;
pub const OCTAL: u16 = 0o755;
pub const BINARY: u8 = 0b1010_0101;
pub const WIDE: u128 = 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef;
pub const FLOAT: f64 = 6.022_140_76e23;
pub const SMALL: f32 = 1.5E-7;
pub const RANGE: core::ops::RangeInclusive<i64> = -9_223_372_036_854_775_808..=9_223_372_036_854_775_807;
pub const MASK: usize = !0 >> 1;

/// The first words of the fractional parts of the square roots of primes.
const ROUND_PART: [u32; 32] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
];

/// A checksum of 32 bits, made table by table at compile time.
pub const fn table_PART(polynomial: u32) -> [u32; 256] {
    let mut table = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut value = i as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 != 0 { (value >> 1) ^ polynomial } else { value >> 1 };
            bit += 1;
        }
        table[i] = value;
        i += 1;
    }
    table
}

static CRC_PART: [u32; 256] = table_PART(0xedb8_8320);

pub fn checksum_PART(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &b| CRC_PART[((crc ^ u32::from(b)) & 0xff) as usize] ^ (crc >> 8))
}

/// A generator of random numbers (xoshiro256**), not for secrets.
#[derive(Clone, Debug)]
pub struct RandomPART {
    state: [u64; 4],
}

impl RandomPART {
    pub const fn seeded(seed: u64) -> Self {
        Self { state: [seed, seed ^ 0x9e37_79b9_7f4a_7c15, !seed, 1] }
    }

    pub fn next_u64(&mut self) -> u64 {
        let result = self.state[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = self.state[1] << 17;
        self.state[2] ^= self.state[0];
        self.state[3] ^= self.state[1];
        self.state[1] ^= self.state[2];
        self.state[0] ^= self.state[3];
        self.state[2] ^= shifted;
        self.state[3] = self.state[3].rotate_left(45);
        result
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

/// An element of a field with 256 elements.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[repr(transparent)]
pub struct ElementPART(pub u8);

#[allow(clippy::suspicious_arithmetic_impl)]
impl Add for ElementPART {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        ElementPART(self.0 ^ other.0)
    }
}

impl Mul for ElementPART {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (mut a, mut b, mut product) = (self.0, other.0, 0u8);
        while b > 0 {
            if b & 1 == 1 {
                product ^= a;
            }
            a = (a << 1) ^ if a & 0x80 == 0 { 0 } else { 0x1d };
            b >>= 1;
        }
        ElementPART(product)
    }
}

/// A matrix with its size in its type.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixPART<T, const R: usize, const C: usize>(pub [[T; C]; R]);

impl<T, const R: usize, const C: usize> Index<(usize, usize)> for MatrixPART<T, R, C> {
    type Output = T;
    fn index(&self, (row, column): (usize, usize)) -> &T {
        &self.0[row][column]
    }
}

impl<T, const R: usize, const C: usize> MatrixPART<T, R, C>
where
    T: Copy + Default + Add<Output = T> + Mul<Output = T>,
{
    pub fn times<const K: usize>(&self, other: &MatrixPART<T, C, K>) -> MatrixPART<T, R, K> {
        let mut out = [[T::default(); K]; R];
        for (r, row) in out.iter_mut().enumerate() {
            for (k, cell) in row.iter_mut().enumerate() {
                *cell = (0..C).fold(T::default(), |sum, c| sum + self[(r, c)] * other[(c, k)]);
            }
        }
        MatrixPART(out)
    }
}

pub fn mix_PART<T: Copy + BitXor<Output = T> + Shl<u32, Output = T>>(a: T, b: T) -> T {
    (a << 3) ^ b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks() {
        assert_eq!(checksum_PART(b"123456789"), 0xcbf4_3926);
        assert_eq!(ROUND_PART.len(), 1 << 5);
        assert!((FLOAT / 1e23 - 6.0).abs() < 0.1 && SMALL > f32::EPSILON);
    }
}
