"""Programs that train, each in another way, and note themselves what their curves must be."""

# What every program here begins with; `seen` is what a curve must be, noted by the program itself.
BEGIN = """\
import torch
from torch import nn
torch.manual_seed(0)
x = torch.linspace(-1, 1, 8).reshape(8, 1)
y = 2 * x + 1
model = nn.Linear(1, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
seen = {}
def see(name, value):
    seen.setdefault(name, []).append(float(value))
"""

PROGRAMS = {
    "a cost of one letter": """
        for epoch in range(4):
            opt.zero_grad()
            l = ((model(x) - y) ** 2).mean()
            l.backward()
            opt.step()
            see("l", l)
    """,
    "names by convention": """
        for epoch in range(3):
            train_loss = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            train_loss.backward()
            opt.step()
            accuracy = 100 * (model(x) > 0).float().mean().item()
            val_error = epoch / 2
            best_loss, loss_fn = 1.0, nn.MSELoss()
            see("train_loss", train_loss)
            see("accuracy", accuracy)
            see("val_error", val_error)
    """,
    "two costs of a GAN": """
        judge = nn.Linear(1, 1)
        other = torch.optim.SGD(judge.parameters(), lr=0.1)
        for step in range(4):
            loss_D = judge(y).mean() - judge(model(x).detach()).mean()
            other.zero_grad()
            loss_D.backward()
            other.step()
            loss_G = judge(model(x)).mean() ** 2
            opt.zero_grad()
            loss_G.backward()
            opt.step()
            see("loss_D", loss_D)
            see("loss_G", loss_G)
    """,
    "an attribute, in loops of methods": """
        class Trainer:
            def fit(self, epochs):
                for epoch in range(epochs):
                    self.run_epoch()

            def run_epoch(self):
                for part in x.split(4):
                    self.update(part)

            def update(self, part):
                opt.zero_grad()
                self.cost = ((model(part) - 2 * part - 1) ** 2).mean()
                self.cost.backward()
                opt.step()
                see("cost", self.cost)

        Trainer().fit(3)
    """,
    "a function that the loop calls": """
        def train_step(a, b):
            opt.zero_grad()
            error = ((model(a) - b) ** 2).mean()
            error.backward()
            opt.step()
            see("error", error)

        for epoch in range(2):
            for a, b in zip(x.split(4), y.split(4)):
                train_step(a, b)
    """,
    "a closure for LBFGS": """
        opt = torch.optim.LBFGS(model.parameters(), max_iter=3)
        for epoch in range(3):
            def closure():
                opt.zero_grad()
                loss = ((model(x) - y) ** 2).mean()
                loss.backward()
                global newest
                newest = loss
                return loss
            opt.step(closure)
            see("loss", newest)
    """,
    "gradient accumulation": """
        for step in range(3):
            opt.zero_grad()
            for part in x.split(4):
                loss = ((model(part) - 2 * part - 1) ** 2).mean() / 2
                loss.backward()
                see("loss", loss)
            opt.step()
    """,
    "a sum of many steps": """
        for step in range(3):
            loss = 0
            for part in x.split(2):
                loss = loss + 0
                loss += ((model(part) - 2 * part - 1) ** 2).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
            see("loss", loss)
    """,
    "a cost that is deleted": """
        for step in range(3):
            loss = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
            see("loss", loss)
            del loss
    """,
    "gradients that autograd is asked for, in methods": """
        class Line:
            def __init__(self):
                self.w = torch.zeros((), requires_grad=True)

            def step(self):
                error = ((self.w * x - y) ** 2).mean()
                (slope,) = torch.autograd.grad(error, self.w)
                self.w.data.sub_(0.1 * slope)
                see("error", error)

            def fit(self):
                for _ in range(4):
                    self.step()

        Line().fit()
    """,
    "gradients of a function, with its value": """
        from torch.func import grad_and_value

        w = torch.zeros(())
        for _ in range(4):
            slope, error = grad_and_value(lambda w: ((w * x - y) ** 2).mean())(w)
            w = w - 0.1 * slope
            see("error", error)
    """,
    "a training that is profiled": """
        from torch.profiler import ProfilerActivity, profile

        with profile(activities=[ProfilerActivity.CPU]) as profiler:
            for epoch in range(3):
                opt.zero_grad()
                loss = ((model(x) - y) ** 2).mean()
                loss.backward()
                opt.step()
                see("loss", loss)
        print(sorted((one.key, one.count) for one in profiler.key_averages()))
    """,
    "an expression": """
        for step in range(3):
            l = (model(x) - y) ** 2
            opt.zero_grad()
            l.mean().backward()
            opt.step()
            see("l.mean()", l.mean())
    """,
    "a validation loop without gradients": """
        for epoch in range(2):
            for part in x.split(4):
                loss = ((model(part) - 2 * part - 1) ** 2).mean()
                opt.zero_grad()
                loss.backward()
                opt.step()
                see("loss", loss)
            total = 0.0
            with torch.no_grad():
                for part in x.split(2):
                    loss = ((model(part) - 2 * part - 1) ** 2).mean()
                    total += loss.item()
            val_loss = total / 4
            see("val_loss", val_loss)
    """,
    "a batch generator with a loop of its own": """
        def batches():
            for part in x.split(4):
                yield part

        def update(part):
            l = ((model(part) - 2 * part - 1) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)

        for epoch in range(2):
            for part in batches():
                update(part)
    """,
    "a while loop that is left": """
        def update():
            l = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)
            return l.item()

        while True:
            if update() < 0.5 or len(seen["l"]) == 5:
                break
    """,
    "numbers kept in a list, without torch": """
        w, costs = 5.0, []
        for step in range(4):
            w -= 0.1 * 2 * w
            costs.append(w * w)
            see("costs", w * w)
    """,
    "numbers that are printed": """
        w = 5.0
        for step in range(4):
            w = w - 0.1 * 2 * w
            print(f"step {step}: w is {w:.3f}")
            see("w", w)
    """,
    "k-means, whose numbers go into a text": """
        points = torch.cat([x, x + 5])
        centers = points[:2]
        for step in range(5):
            distances = torch.cdist(points, centers)
            nearest = distances.argmin(1)
            spread = distances.min(1).values.sum()
            centers = torch.stack([points[nearest == k].mean(0) for k in range(2)])
            print("step " + str(step) + ": " + str(spread.item()))
            see("spread", spread)
    """,
    "expectation and maximization, in a class": """
        class Mixture:
            def __init__(self):
                self.means = [0.0, 1.0]

            def assign(self, x):
                return torch.stack([(x - one) ** 2 for one in self.means]).argmin(0)

            def update(self, x, labels):
                self.means = [x[labels == k].mean() for k in range(2)]

            def fit(self, x):
                for _ in range(3):
                    labels = self.assign(x)
                    self.update(x, labels)
                    self.likelihood = -sum(self.means) ** 2
                    print(f"{self.likelihood:.3f}")
                    see("likelihood", self.likelihood)

        Mixture().fit(x)
    """,
    "a SummaryWriter": """
        class SummaryWriter:
            def add_scalar(self, tag, scalar_value, global_step=None):
                see(tag, scalar_value)

        writer = SummaryWriter()
        for step in range(3):
            hidden = ((model(x) - y) ** 2).mean()
            writer.add_scalar("Loss/train", hidden.item() * 2, step)
            for name in ("a", "b"):
                writer.add_scalar(f"norm/{name}", scalar_value=step + len(name))
    """,
    "what wandb is given": """
        class wandb:
            @staticmethod
            def log(numbers):
                see("eval/score", numbers["eval/score"])

        for step in range(3):
            wandb.log({"eval/score": step * 1.5, "note": "text"})
    """,
    "the same function called again and again": """
        def update():
            l = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)

        made = [update() for _ in range(5)]
    """,
}
