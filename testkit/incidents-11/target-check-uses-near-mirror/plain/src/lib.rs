// Synthetic, inert fixture written from public reports
//! Memory maps of small boards.
#![no_std]

/// A part of the address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub name: &'static str,
    pub start: u32,
    pub length: u32,
}

impl Region {
    pub const fn end(&self) -> u32 {
        self.start + self.length
    }

    pub const fn holds(&self, address: u32) -> bool {
        address >= self.start && address < self.end()
    }
}

#[cfg(feature = "cortex-m4")]
const KIB: (u32, u32) = (1024, 192);
#[cfg(not(feature = "cortex-m4"))]
const KIB: (u32, u32) = (64, 8);

pub const FLASH: Region = Region { name: "flash", start: 0x0800_0000, length: KIB.0 * 1024 };
pub const RAM: Region = Region { name: "ram", start: 0x2000_0000, length: KIB.1 * 1024 };
pub const PERIPHERALS: Region = Region { name: "peripherals", start: 0x4000_0000, length: 0x2000_0000 };

pub const REGIONS: [Region; 3] = [FLASH, RAM, PERIPHERALS];

/// The region of an address.
pub fn region_of(address: u32) -> Option<&'static Region> {
    REGIONS.iter().find(|r| r.holds(address))
}

/// Rounds an address up to a power of two.
pub const fn align_up(address: u32, to: u32) -> u32 {
    (address + to - 1) & !(to - 1)
}

/// Splits the memory into a stack of `stack` bytes at the end and a heap before it.
pub fn split_ram(statics: u32, stack: u32) -> Option<(Region, Region)> {
    let heap_start = align_up(RAM.start + statics, 8);
    let stack_start = RAM.end().checked_sub(stack)?;
    if heap_start > stack_start {
        return None;
    }
    Some((
        Region { name: "heap", start: heap_start, length: stack_start - heap_start },
        Region { name: "stack", start: stack_start, length: stack },
    ))
}

inert_fixture_does_not_build!();
