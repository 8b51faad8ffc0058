"""Muon (Jordan et al. 2024): momentum whose every matrix is made orthogonal; for the matrices of transformer blocks."""
import torch


def orthogonal(matrix, steps=5):
    """The nearest matrix with equal singular values, roughly: Newton-Schulz iterations with Jordan's coefficients."""
    x = (matrix / (matrix.norm() + 1e-7)).bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.T.contiguous() if tall else x
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (2.0315 * (a @ a) - 4.7750 * a) @ x
    return (x.T if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=0.95, weight_decay=0.05):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                mean = state.setdefault("mean", torch.zeros_like(p))
                mean.lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(mean, group["momentum"])
                # Queries, keys and values are three matrices that share a tensor.
                parts = update.chunk(3) if p.shape[0] == 3 * p.shape[1] else (update,)
                step = torch.cat([orthogonal(part) * max(1, part.shape[0] / part.shape[1]) ** 0.5 for part in parts])
                p.mul_(1 - group["lr"] * group["weight_decay"]).add_(step, alpha=-group["lr"])
