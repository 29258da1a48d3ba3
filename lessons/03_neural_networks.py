# ---
# tutorch:
#   title:
#     en: Neural networks
#     ko: 인공신경망
#   summary:
#     en: What one neuron can draw and what it cannot, and how backpropagation trains layers.
#     ko: 뉴런 하나로 되는 일과 안 되는 일, 그리고 층을 역전파로 학습하는 방법을 봅니다.
#   minutes: 40
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## A neuron
#
# A brain cell gathers signals and fires when they are strong
# enough. The **perceptron** (Rosenblatt, 1958) does the same
# with numbers: weigh the inputs, add a bias, and fire, which
# is to answer 1, if the sum is above zero.
#
# $$z = w_1 x_1 + w_2 x_2 + b$$
#
# With both weights at 1, the bias decides how much it takes.
# The code tries two biases on the four pairs of 0 and 1.
#
# With $b = -1.5$, for which inputs does it fire?
#
# - [ ] For all but (0, 0)
#   A single 1 leaves $z$ at -0.5. The other bias lets it through.
# - [x] For (1, 1) alone
#   Only there is $z$ above zero: this neuron computes AND.
# - [ ] For none
#   1 + 1 - 1.5 is 0.5, and that is above zero.

# %% [markdown] lang="ko"
# ## 뉴런 하나
#
# 뇌의 뉴런은 신호를 모으다가 충분히 세지면 발화합니다.
# **퍼셉트론**(Rosenblatt, 1958)은 이를 숫자로 흉내 냅니다.
# 입력에 가중치를 곱해 더하고 편향을 더한 값이 0보다 크면
# 1을 내보냅니다.
#
# $$z = w_1 x_1 + w_2 x_2 + b$$
#
# 가중치가 둘 다 1이면, 얼마나 세야 발화하는지는 편향이
# 정합니다. 0과 1로 만든 입력 네 쌍에 편향 두 가지를 넣어
# 봅시다.
#
# $b = -1.5$일 때 어떤 입력에서 발화할까요?
#
# - [ ] (0, 0)을 뺀 모두
#   1이 하나뿐이면 $z$는 -0.5입니다. 다른 편향이라면 발화합니다.
# - [x] (1, 1)에서만
#   $z$가 0보다 큰 곳은 여기뿐입니다. 이 뉴런은 AND를 계산합니다.
# - [ ] 어디에서도 발화하지 않습니다
#   1 + 1 - 1.5는 0.5이고, 0보다 큽니다.

# %% The perceptron show="X w z output"
import torch
import torch.nn as nn
import torch.nn.functional as F

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
w = torch.tensor([1.0, 1.0])

for b in [-1.5, -0.5]:
    z = X.matmul(w) + b
    output = (z > 0).float()
    print(f"b = {b}: {output.tolist()}")

# %% [markdown] lang="en"
# ## Activation functions
#
# What turns $z$ into the output is the **activation function**.
# The perceptron's is a step: its slope is 0 nearly everywhere,
# so gradient descent would not know where to go. Three others
# have a slope to follow:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
# $$\tanh(z) = 2\sigma(2z) - 1$$
# $$ReLU(z) = \max(0, z)$$
#
# The drawing shows each of them as $z$ goes from -4 to 4, and its
# slope, which autograd finds. Press `-` before you run it, and
# see them drawn.
#
# The sigmoid is steepest at $z = 0$. How steep is that?
#
# - [?] `max(slopes["sigmoid"])` ± 0.03
#   The slope is σ(1 - σ), and σ(0) is a half: a quarter at most.

# %% [markdown] lang="ko"
# ## 활성화 함수
#
# $z$를 출력으로 바꾸는 함수가 **활성화 함수**입니다. 퍼셉트론의
# 활성화 함수는 계단 모양입니다. 거의 모든 곳에서 기울기가
# 0이라서 경사하강법이 갈 곳을 찾지 못합니다. 다음 셋에는
# 따라갈 기울기가 있습니다.
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
# $$\tanh(z) = 2\sigma(2z) - 1$$
# $$ReLU(z) = \max(0, z)$$
#
# $z$가 -4에서 4까지 가는 동안 함수와 그 기울기를 함께 그려 보여
# 줍니다. 기울기는 autograd가 구합니다. `-`를 누르고 실행하면
# 그려지는 모습을 천천히 볼 수 있습니다.
#
# 시그모이드는 $z = 0$에서 가장 가파릅니다. 그 기울기는
# 얼마일까요?
#
# - [?] `max(slopes["sigmoid"])` ± 0.03
#   기울기는 σ(1 - σ)이고 σ(0)은 0.5이므로, 아무리 커도 0.25입니다.

# %% Four activation functions watch="" show="z value"
activations = {
    "step": lambda z: (torch.sign(z) + 1) / 2,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
}
positions = torch.linspace(-4, 4, 41).tolist()
values = {name: [] for name in activations}
slopes = {name: [] for name in activations}

for position in positions:
    for name, activation in activations.items():
        z = torch.tensor(position, requires_grad=True)
        value = activation(z)
        value.backward()
        values[name].append(value.item())
        slopes[name].append(z.grad.item())

for name, slope in slopes.items():
    print(f"{name}: steepest {max(slope):.2f}")

# %% f (cyan) and its slope view="every epoch"
import plotext as plt

plt.clear_figure()
plt.subplots(1, 4)
for column, title in enumerate(slopes, 1):
    drawn = len(slopes[title])
    plt.subplot(1, column)
    plt.theme("clear")
    for heights, color in [(values[title][:drawn], "cyan"), (slopes[title], "orange")]:
        plt.plot(positions[:drawn], heights, color=color, marker="braille")
    plt.xlim(-4, 4)
    plt.ylim(-1.1, 2.1)
    plt.xticks([-4, 0, 4])
    plt.yticks([-1, 0, 1, 2] if column == 1 else [])
    plt.title(title)
plt.show()

# %% [markdown] lang="en"
# ## OR, with one neuron
#
# With a sigmoid, a neuron is what logistic regression is, and
# it can be trained. `nn.Sequential` takes layers in their order,
# which saves writing a class. The four examples are the truth
# table of OR: 1 if at least one input is 1.
#
# The drawing is a map of everything that the neuron would say: a
# dark place is an output near 0, a bright one near 1. The four
# digits are the examples: 0 belongs on dark ground, 1 on bright.
#
# Watch the border turn and move. It is where $z = 0$,
#
# $$w_1 x_1 + w_2 x_2 + b = 0$$
#
# and that is always a straight line.

# %% [markdown] lang="ko"
# ## 뉴런 하나로 배우는 OR
#
# 활성화 함수가 시그모이드인 뉴런은 로지스틱 회귀와 같으므로
# 학습할 수 있습니다. `nn.Sequential`에 층을 차례로 넣으면 클래스를
# 쓰지 않아도 됩니다. 예제 네 개는 OR의 진리표입니다. 입력 중
# 하나라도 1이면 정답이 1입니다.
#
# 그림은 이 뉴런이 어디에서 무엇이라 답하는지 보여 주는 지도입니다.
# 어두운 곳은 0에, 밝은 곳은 1에 가깝습니다. 숫자 네 개가 예제이고,
# 0은 어두운 곳에, 1은 밝은 곳에 있어야 합니다.
#
# 경계가 돌며 움직이는 모습을 보세요. 경계는 $z = 0$인 곳이고,
#
# $$w_1 x_1 + w_2 x_2 + b = 0$$
#
# 그래서 언제나 직선입니다.

# %% OR, with one neuron watch="cost" show="weight bias output"
y = torch.tensor([[0.0], [1.0], [1.0], [1.0]])

torch.manual_seed(3)
model = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())
weight, bias = model.parameters()
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)

for epoch in range(1, 301):
    output = model(X)
    cost = F.binary_cross_entropy(output, y)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    if epoch == 1 or epoch % 100 == 0:
        print(f"epoch {epoch}: cost {cost.item():.4f}")
print("output:", output.detach().flatten())

# %% What the neuron says view="every epoch"
from itertools import groupby

import plotext as plt


def draw_surface(model, examples, targets, title):
    plt.clear_figure()
    plt.theme("clear")
    lowest, highest = examples.min().round().item(), examples.max().round().item()
    edges = lowest - 0.5, highest + 0.5
    ticks = [f"{lowest:.0f}", f"{highest:.0f}"]
    # each cell inside the frame is two points, one above the other
    width, height = plt.plotsize()
    columns, lines = width - 2 - len(min(ticks)), height - 5
    across, rows = torch.linspace(*edges, columns), torch.linspace(*edges, lines)
    points = torch.cartesian_prod(torch.linspace(*edges, 2 * lines), across).flip(1)
    with torch.no_grad():
        level = (model(points) * 10).nan_to_num().clamp(0, 10).round().int()

    for line, (under, over) in enumerate(level.view(lines, 2, columns).tolist()):
        start = 0
        for (lower, upper), cells in groupby(zip(under, over, strict=True)):
            length = len(list(cells))
            shades = {"color": tint(upper), "background": tint(lower), "alignment": "left"}
            plt.text("▀" * length, across[start].item(), rows[line].item(), **shades)
            start += length
    for (x1, x2), [target] in zip(examples.tolist(), targets.tolist(), strict=True):
        plt.text(f" {target:.0f} ", x1, x2, alignment="center")
    plt.xlim(*edges)
    plt.ylim(*edges)
    plt.xticks([lowest, highest], ticks)
    plt.yticks([lowest, highest], ticks)
    plt.xlabel("x1")
    plt.ylabel("↑ x2")
    plt.title(title)
    plt.show()


def tint(level):
    """From black at 0 to orange at 10."""
    return 25 * level, 15 * level, 0


draw_surface(model, X, y, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## XOR
#
# Now the same neuron, the same loop, and another truth table.
# **XOR** is 1 if exactly one input is 1:
#
# | x1, x2 | 0, 0 | 0, 1 | 1, 0 | 1, 1 |
# |--------|------|------|------|------|
# | XOR    | 0    | 1    | 1    | 0    |
#
# Nothing else changes. Look at the drawing as it trains.
#
# What will the trained neuron answer to (0, 1), where 1 is
# right?
#
# - [?] `output[1].item()` ± 0.05
#   A half, and so to all four. The best that one line can do is not to know.

# %% [markdown] lang="ko"
# ## XOR
#
# 뉴런도 반복문도 그대로 두고 진리표만 바꿔 봅시다. **XOR**는
# 입력 중 정확히 하나만 1일 때 1입니다.
#
# | x1, x2 | 0, 0 | 0, 1 | 1, 0 | 1, 1 |
# |--------|------|------|------|------|
# | XOR    | 0    | 1    | 1    | 0    |
#
# 학습하는 동안 그림을 보세요.
#
# (0, 1)의 정답은 1입니다. 학습을 마친 뉴런은 (0, 1)에 무엇이라
# 답할까요?
#
# - [?] `output[1].item()` ± 0.05
#   네 입력 모두에 0.5라고 답합니다. 직선 하나로는 '모르겠다'가 최선입니다.

# %% XOR, with one neuron watch="cost" show="weight bias output"
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])

torch.manual_seed(3)
model = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())
weight, bias = model.parameters()
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)

for epoch in range(1, 301):
    output = model(X)
    cost = F.binary_cross_entropy(output, y)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    if epoch == 1 or epoch % 100 == 0:
        print(f"epoch {epoch}: cost {cost.item():.4f}")
print("output:", output.detach().flatten())

# %% What it says of XOR view="every epoch"
draw_surface(model, X, y, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## Your turn: XOR by hand
#
# The neuron ended at 0.5 for everything, at a cost of
# $\ln 2 = 0.693$: as good as a coin. It is not bad luck. In
# *Perceptrons* (1969) Minsky and Papert proved that no single
# neuron can do it: no line has the two 1s, and only them, on
# one side.
#
# Two lines can. Let two neurons look at the inputs, and a third
# one at what they say: a **hidden layer**. Each row of `W1` is
# a hidden neuron. The first is OR already; give the second one
# its weights, and the output neuron too, so that the network
# answers 0, 1, 1, 0.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 손으로 만드는 XOR
#
# 뉴런은 모든 입력에 0.5라고 답했고, cost는 $\ln 2 = 0.693$입니다.
# 동전 던지기와 다름없지만 운이 나빴던 것은 아닙니다. Minsky와
# Papert는 *Perceptrons*(1969)에서 퍼셉트론 하나로는 XOR를
# 풀 수 없음을 증명했습니다. 정답이 1인 두 점만 한쪽에 두는
# 직선이 없기 때문입니다.
#
# 직선이 둘이면 됩니다. 뉴런 둘이 입력을 보고, 셋째 뉴런이 그
# 둘의 답을 보게 합시다. 이것이 **은닉층**입니다. `W1`의 한 행이
# 은닉 뉴런 하나이고, 첫째는 이미 OR입니다. 둘째 뉴런과 출력
# 뉴런의 값을 정해서 0, 1, 1, 0이라고 답하게 만들어 보세요.

# %% XOR by hand show="hidden output W1 W2" tags=["exercise"]
W1 = torch.tensor([[1.0, 1.0], [0.0, 0.0]])
b1 = torch.tensor([-0.5, 0.0])
W2 = torch.tensor([1.0, 0.0])
b2 = torch.tensor(-0.5)

hidden = (X.matmul(W1.T) + b1 > 0).float()
output = (hidden.matmul(W2) + b2 > 0).float()

print("x1, x2, first, second, output")
print(torch.hstack([X, hidden, output[:, None]]))

# %% [markdown] lang="en" tags=["hint"]
# OR is right three times; only (1, 1) must be taken out. Which
# neuron knows (1, 1) when it sees it?

# %% [markdown] lang="ko" tags=["hint"]
# OR는 세 번 맞고 (1, 1)에서만 틀립니다. (1, 1)을 알아보는
# 뉴런은 무엇이었을까요?

# %% [markdown] lang="en" tags=["hint"]
# Make the second hidden neuron AND, as in the first step. The
# output should fire for OR, and not where AND fires too: give
# AND a negative weight.

# %% [markdown] lang="ko" tags=["hint"]
# 둘째 은닉 뉴런을 첫 단계에서 본 AND로 만드세요. 출력 뉴런은
# OR가 발화할 때 발화하되, AND까지 발화하면 발화하지 않아야
# 합니다. AND의 가중치를 음수로 두세요.

# %% [markdown] lang="en" tags=["hint"]
# `W1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]])`,
# `b1 = torch.tensor([-0.5, -1.5])` and
# `W2 = torch.tensor([1.0, -2.0])`

# %% [markdown] lang="ko" tags=["hint"]
# `W1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]])`,
# `b1 = torch.tensor([-0.5, -1.5])`, 그리고
# `W2 = torch.tensor([1.0, -2.0])`

# %% tags=["solution"]
W1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]])
b1 = torch.tensor([-0.5, -1.5])
W2 = torch.tensor([1.0, -2.0])
b2 = torch.tensor(-0.5)

hidden = (X.matmul(W1.T) + b1 > 0).float()
output = (hidden.matmul(W2) + b2 > 0).float()

print("x1, x2, first, second, output")
print(torch.hstack([X, hidden, output[:, None]]))

# %% tags=["check"]
fired = (X.matmul(W1.T) + b1 > 0).float()
answers = (fired.matmul(W2.flatten()) + b2 > 0).int().tolist()

assert answers == [0, 1, 1, 0], {
    "en": "for (0, 0), (0, 1), (1, 0) and (1, 1) the network must answer 0, 1, 1, 0;"
    f" with your weights it answers {answers}",
    "ko": "(0, 0), (0, 1), (1, 0), (1, 1)에 0, 1, 1, 0이라고 답해야 합니다."
    f" 지금 가중치로는 {answers}입니다",
}

# %% [markdown] lang="en"
# ## XOR, with two layers
#
# You found the weights by thinking. In 1969 nobody knew a viable
# way to train such a network, which kept the field quiet for
# years. Now let gradient descent do it, from random weights:
# two sigmoid neurons in the hidden layer, one for the output.
#
# The activation between the layers is needed. Without it,
#
# $$W_2(W_1 x + b_1) + b_2$$
#
# is one straight line again, however many layers there are.
#
# Look at the drawing: what becomes of the border?
#
# How will the curve of the cost look over 1500 epochs?
#
# - [~] `cost`
#   It lies flat for 300 epochs, like the lone neuron's; then the lines find places.

# %% [markdown] lang="ko"
# ## 두 층으로 배우는 XOR
#
# 앞에서는 생각해서 가중치를 찾았습니다. 1969년에는 이런 신경망을
# 쓸 만하게 학습시키는 방법을 아무도 몰랐고, 그래서 연구가 오래
# 멈췄습니다. 이번에는 무작위 값에서 출발해 경사하강법으로
# 찾습니다. 은닉층에 시그모이드 뉴런이 둘, 출력에 하나입니다.
#
# 층과 층 사이에는 활성화 함수가 꼭 있어야 합니다. 없으면
#
# $$W_2(W_1 x + b_1) + b_2$$
#
# 층을 아무리 쌓아도 다시 직선 하나가 됩니다.
#
# 그림을 보세요. 이번에는 경계가 어떻게 될까요?
#
# 1500 에포크 동안 cost 곡선은 어떤 모양이 될까요?
#
# - [~] `cost`
#   300 에포크쯤은 뉴런 하나일 때처럼 평평하다가, 두 직선이 자리를 찾으면 떨어집니다.

# %% XOR, with two layers watch="cost" show="W1 b1 W2 b2 output"
torch.manual_seed(3)
model = nn.Sequential(
    nn.Linear(2, 2),
    nn.Sigmoid(),
    nn.Linear(2, 1),
    nn.Sigmoid(),
)
W1, b1, W2, b2 = model.parameters()
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)

for epoch in range(1, 1501):
    output = model(X)
    cost = F.binary_cross_entropy(output, y)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    if epoch == 1 or epoch % 100 == 0:
        print(f"epoch {epoch}: cost {cost.item():.4f}")
print("output:", output.detach().flatten())

# %% What two layers say view="every epoch"
draw_surface(model, X, y, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## Your turn: five starts
#
# That network was lucky in its start. The code below trains it
# from five different ones, and after 1000 epochs some have not left
# the flat part: two neurons have few ways to place two lines.
#
# Change the network or its training, so that all five starts
# end below a cost of 0.1. There is more than one way.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 다섯 번의 출발
#
# 앞에서는 운 좋은 값에서 출발했습니다. 아래 코드는 같은
# 신경망을 서로 다른 값에서 다섯 번 출발시킵니다. 1000 에포크가
# 지나도 몇몇은 아직 평평한 곳에 머물러 있습니다. 뉴런이
# 둘뿐이라 두 직선이 자리 잡을 방법도 많지 않기 때문입니다.
#
# 신경망이나 학습 방법을 바꿔서, 다섯 번 모두 cost가 0.1보다
# 작아지게 해 보세요. 방법은 여러 가지입니다.

# %% Five starts watch="cost" show="output" tags=["exercise"]
hidden_neurons = 2
costs_reached = []

for seed in range(5):
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(2, hidden_neurons),
        nn.Sigmoid(),
        nn.Linear(hidden_neurons, 1),
        nn.Sigmoid(),
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    for epoch in range(1000):
        output = model(X)
        cost = F.binary_cross_entropy(output, y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    costs_reached.append(cost.item())
    print(f"seed {seed}: cost {cost.item():.3f}")

# %% [markdown] lang="en" tags=["hint"]
# With more hidden neurons there are more lines, and it is
# likelier that some of them start near a useful place.

# %% [markdown] lang="ko" tags=["hint"]
# 은닉 뉴런이 많으면 직선도 많아지고, 그중 몇 개가 쓸 만한
# 곳에서 출발할 가능성이 커집니다.

# %% [markdown] lang="en" tags=["hint"]
# Try 4, then 16. With tanh between the layers, which is four
# times as steep as the sigmoid, 4 are enough.

# %% [markdown] lang="ko" tags=["hint"]
# 4개, 16개로 늘려 보세요. 시그모이드보다 네 배 가파른 tanh를
# 층 사이에 쓰면 4개로도 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# `hidden_neurons = 16`

# %% [markdown] lang="ko" tags=["hint"]
# `hidden_neurons = 16`

# %% tags=["solution"]
hidden_neurons = 16
costs_reached = []

for seed in range(5):
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(2, hidden_neurons),
        nn.Sigmoid(),
        nn.Linear(hidden_neurons, 1),
        nn.Sigmoid(),
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    for epoch in range(1000):
        output = model(X)
        cost = F.binary_cross_entropy(output, y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    costs_reached.append(cost.item())
    print(f"seed {seed}: cost {cost.item():.3f}")


# %% tags=["check"]
import copy
import inspect


def entropy_of(outputs):
    return (F.binary_cross_entropy_with_logits if gives_logits else F.binary_cross_entropy)(
        outputs.reshape(4, 1), y
    )


def learns_again(seed, epochs):
    # the same network and optimizer, from a start that nobody has chosen
    torch.manual_seed(seed)
    fresh, kind = copy.deepcopy(model), type(optimizer)
    for part in fresh.modules():
        if hasattr(part, "reset_parameters"):
            part.reset_parameters()
    takes = inspect.signature(kind).parameters
    chosen = {name: value for name, value in optimizer.defaults.items() if name in takes}
    again = kind(fresh.parameters(), **chosen)

    def cost_now():
        again.zero_grad()
        cost = entropy_of(fresh(X))
        cost.backward()
        return cost

    return any(again.step(cost_now) < 0.1 for _ in range(epochs))


kept = costs_reached.values() if isinstance(costs_reached, dict) else costs_reached
costs_reached = [torch.as_tensor(each).item() for each in kept]
stuck = [f"{reached:.3f}" for reached in costs_reached if not reached < 0.1]
outputs = model(X)
# what is no chance is a logit, with a cost that puts the sigmoid in
gives_logits = not 0 <= outputs.min().item() <= outputs.max().item() <= 1
answers = (outputs > (0 if gives_logits else 0.5)).flatten().int().tolist()
now = entropy_of(outputs)
reached = now.item()
# what is never emptied is added to in place, and its version counts how often
left = [each for each in model.parameters() if each.grad is not None and each.grad.any()]
parameters = [each for each in left if each.grad._version > 9]
fresh = torch.autograd.grad(now, parameters) if parameters else []
piled_up = max(
    [0.0]
    + [(each.grad - new).abs().max().item() for each, new in zip(parameters, fresh, strict=True)]
)

assert len(costs_reached) == 5, {
    "en": f"keep all five starts; costs_reached holds {len(costs_reached)}",
    "ko": f"다섯 번 모두 남겨 두세요. costs_reached에는 {len(costs_reached)}개가 있습니다",
}
assert len({f"{each:.9g}" for each in costs_reached}) == len(costs_reached), {
    "en": "the five must start from different weights;"
    f" yours came to {len(set(costs_reached))} different costs",
    "ko": "다섯 번 모두 다른 값에서 출발해야 합니다."
    f" 지금 서로 다른 cost는 {len(set(costs_reached))}개입니다",
}
# what one network comes to, which trains on and on, falls from start to start
falls = costs_reached == sorted(costs_reached, reverse=True)
trains_on = len(costs_reached) > 1 and falls and costs_reached[-1] < costs_reached[0] / 2
assert not trains_on, {
    "en": "each start must have a network of its own; yours fall one after the other, from"
    f" {costs_reached[0]:.2g} to {costs_reached[-1]:.2g}: where is the model made?",
    "ko": "출발할 때마다 새 신경망이어야 합니다. 지금은 cost가"
    f" {costs_reached[0]:.2g}에서 {costs_reached[-1]:.2g}까지 차례로 줄어듭니다."
    " 신경망을 어디서 만드나요?",
}
assert not stuck, {
    "en": f"all five must end below 0.1; {len(stuck)} did not: {', '.join(stuck)}",
    "ko": f"다섯 번 모두 0.1보다 작아야 합니다. 그렇지 않은 cost: {', '.join(stuck)}",
}
assert answers == [0, 1, 1, 0], {
    "en": f"the last network must still answer XOR: 0, 1, 1, 0; it answers {answers}",
    "ko": f"마지막 신경망은 여전히 XOR인 0, 1, 1, 0을 답해야 합니다. 지금은 {answers}입니다",
}
if costs_reached[-1] < 0.1:
    assert abs(reached - costs_reached[-1]) < 0.01, {
        "en": "the costs must be the cross entropy of what the networks answer;"
        f" that of the last is {reached:.4f}, and yours is {costs_reached[-1]:.4f}",
        "ko": "cost는 신경망이 낸 답의 크로스 엔트로피여야 합니다."
        f" 마지막 신경망은 {reached:.4f}인데, 지금은 {costs_reached[-1]:.4f}입니다",
    }
assert piled_up < 0.1, {
    "en": "each epoch must begin with empty gradients: call optimizer.zero_grad();"
    f" yours are left {piled_up:.2g} away from those of one epoch",
    "ko": "에포크마다 optimizer.zero_grad()로 기울기를 비워야 합니다."
    f" 지금은 한 에포크의 기울기와 {piled_up:.2g}만큼 다릅니다",
}
stepped = [each for group in optimizer.param_groups for each in group["params"]]
# what moves the weights by hand cannot be repeated
is_its = set(stepped) == set(model.parameters())
is_right = len(costs_reached) == 5 and not stuck and not trains_on and answers == [0, 1, 1, 0]
if is_its and is_right:
    # each step of an optimizer is a version of the weights
    epochs = max([1000] + [min(each._version, 3000) for each in model.parameters()])
    luckless = [seed for seed in range(5) if not learns_again(seed, epochs)]
    assert len(luckless) < 2, {
        "en": "it must not need luck; your last network, trained again from the seeds 0 to 4 with"
        f" your optimizer, stays above 0.1 from {len(luckless)} of them",
        "ko": "운이 좋아야만 배우면 안 됩니다. 지금 신경망을 같은 옵티마이저로 시드 0부터 4까지"
        f" 다시 학습시키면 그중 {len(luckless)}번은 0.1보다 작아지지 않습니다",
    }

# %% [markdown] lang="en"
# ## Forward
#
# How does `backward()` find the slopes of six weights and three
# biases, through two layers? Follow one example through a small
# network, with every number in sight. First the way there,
# **forward propagation**:
#
# $$z = W_1 x + b_1$$
# $$h = \sigma(z)$$
# $$\hat{y} = W_2 h + b_2$$
# $$C = (\hat{y} - y)^2$$
#
# The drawing writes each weight on its line, and each value in its
# place. Check one neuron by hand: 0.5 · 1 + 0.25 · 0.5 + 0.125.

# %% [markdown] lang="ko"
# ## 순전파
#
# `backward()`는 두 층을 거슬러 가중치 여섯 개와 편향 세 개의
# 기울기를 어떻게 구했을까요? 작은 신경망에 예제 하나를 넣고
# 모든 숫자를 따라가 봅시다. 먼저 앞으로 가는 길인
# **순전파**입니다.
#
# $$z = W_1 x + b_1$$
# $$h = \sigma(z)$$
# $$\hat{y} = W_2 h + b_2$$
# $$C = (\hat{y} - y)^2$$
#
# 그림에는 선마다 가중치가, 자리마다 값이 적혀 있습니다. 뉴런
# 하나를 손으로 확인해 보세요. 0.5 · 1 + 0.25 · 0.5 + 0.125입니다.

# %% Forward show="x z h y_hat cost"
x = torch.tensor([1.0, 0.5])
target = torch.tensor([1.0])
W1 = torch.tensor([[0.5, 0.25], [-0.75, 0.5]], requires_grad=True)
b1 = torch.tensor([0.125, 0.5], requires_grad=True)
W2 = torch.tensor([[1.0, -0.5]], requires_grad=True)
b2 = torch.tensor([0.125], requires_grad=True)

z = W1.matmul(x) + b1
h = torch.sigmoid(z)
y_hat = W2.matmul(h) + b2
cost = ((y_hat - target) ** 2).sum()

print("z    ", z.detach())
print("h    ", h.detach())
print("y_hat", y_hat.detach())
print(f"cost  {cost.item():.4f}")

# %% The network, forward view="every epoch"
import plotext as plt


def draw_network(to_hidden, to_output, names, title):
    x1, x2, h1, h2, out = [(0, 1), (0, 0), (1, 1), (1, 0), (2, 0.5)]
    ends = [(x1, h1), (x2, h1), (x1, h2), (x2, h2), (h1, out), (h2, out)]
    weights = [*to_hidden.flatten().tolist(), *to_output.flatten().tolist()]

    plt.clear_figure()
    plt.theme("clear")
    for weight, ((left, low), (right, high)) in zip(weights, ends, strict=True):
        color = "cyan" if weight > 0 else "orange"
        marker = "hd" if abs(weight) > 2 else "braille"
        plt.plot([left, right], [low, high], color=color, marker=marker)
        # amid its line, and not where two of them cross; outside of one that lies level
        share, aside = (0.5, 2.5 * low - 1.25) if low == high else (0.3, 0)
        at = left + share, low + share * (high - low) + aside / plt.plotsize()[1]
        plt.text(f" {weight:+.2f} ", *at, color=color, alignment="center")
    for name, place in zip(names, [x1, x2, h1, h2, out], strict=True):
        plt.text(f" {name} ", *place, alignment="center")
    plt.xlim(-0.45, 2.45)
    plt.ylim(-0.2, 1.2)
    plt.frame(False)
    plt.xticks([])
    plt.yticks([])
    plt.title(title)
    plt.show()


labels = [
    *(f"x{at} = {value:g}" for at, value in enumerate(x.tolist(), 1)),
    *(f"h{at} = {value:.3f}" for at, value in enumerate(h.tolist(), 1)),
    f"ŷ = {y_hat.item():.3f}",
]
draw_network(W1, W2, labels, f"target {target.item():.0f}, cost {cost.item():.4f}")

# %% [markdown] lang="en"
# ## Backward: the output layer
#
# **Backpropagation** (made famous by Rumelhart, Hinton and
# Williams, 1986) walks the same way back and asks at each place
# how the cost would change: the **chain rule**, slope times
# slope. $\partial C / \partial \hat{y}$ is the slope of $C$ if only
# $\hat{y}$ moves. It begins at the end:
#
# $$\frac{\partial C}{\partial \hat{y}} = 2(\hat{y} - y)$$
#
# A weight of $W_2$ moves $\hat{y}$ by the $h$ it multiplies. $h^T$
# is $h$ as a row: a slope for each weight, in the shape of $W_2$.
#
# $$\frac{\partial C}{\partial W_2} = \frac{\partial C}{\partial \hat{y}} h^T$$
#
# The bias is multiplied by 1.
#
# The forward pass gave $\hat{y} = 0.554$, and the target is 1.
# What is the slope of the cost at $\hat{y}$?
#
# - [?] `slope_y.item()` ± 0.02
#   2(0.554 - 1), which is below zero: a larger output would cost less.

# %% [markdown] lang="ko"
# ## 역전파: 출력층
#
# **역전파**(Rumelhart, Hinton, Williams가 1986년에 널리 알림)는
# 온 길을 거꾸로 가며, 자리마다 값이 변하면 cost가 얼마나
# 변하는지 구합니다. 기울기에 기울기를 곱하는 **연쇄 법칙**입니다.
# $\partial C / \partial \hat{y}$는 $\hat{y}$만 움직일 때 $C$의
# 기울기입니다. 맨 끝에서 시작합니다.
#
# $$\frac{\partial C}{\partial \hat{y}} = 2(\hat{y} - y)$$
#
# $W_2$의 가중치는 자신과 곱해지는 $h$만큼 $\hat{y}$를 움직입니다.
# $h^T$는 $h$를 행으로 눕힌 것이어서, 가중치마다 기울기가 하나씩
# $W_2$와 같은 shape으로 나옵니다.
#
# $$\frac{\partial C}{\partial W_2} = \frac{\partial C}{\partial \hat{y}} h^T$$
#
# 편향에는 1이 곱해져 있습니다.
#
# 순전파에서 $\hat{y} = 0.554$가 나왔고 정답은 1입니다.
# $\hat{y}$에서 cost의 기울기는 얼마일까요?
#
# - [?] `slope_y.item()` ± 0.02
#   2(0.554 - 1)은 음수입니다. 출력이 커지면 cost가 줄어듭니다.

# %% Backward: the output layer show="slope_y slope_W2 slope_b2"
with torch.no_grad():
    slope_y = 2 * (y_hat - target)
    slope_W2 = torch.outer(slope_y, h)
    slope_b2 = slope_y

print("cost by y_hat", slope_y)
print("cost by W2   ", slope_W2)
print("cost by b2   ", slope_b2)

# %% [markdown] lang="en"
# ## Backward: the hidden layer
#
# One layer further back. $h$ moves $\hat{y}$ by its weight in
# $W_2$, the sigmoid passes on its slope $h(1 - h)$, and a
# weight of $W_1$ moves $z$ by the $x$ it multiplies:
#
# $$\frac{\partial C}{\partial h} = W_2^T \frac{\partial C}{\partial \hat{y}}$$
# $$\frac{\partial C}{\partial z} = \frac{\partial C}{\partial h} \odot h \odot (1 - h)$$
# $$\frac{\partial C}{\partial W_1} = \frac{\partial C}{\partial z} x^T$$
#
# The first is a matrix product (`matmul`), $\odot$ multiplies
# number by number (`*`), and a column by a row multiplies each
# with each (`torch.outer`).
#
# Each line uses the one above it, so nothing is computed twice:
# that is why deep networks can be trained at all. Then
# `backward()` does it too, and the two are compared.
#
# The drawing has the slope of each weight on its line.

# %% [markdown] lang="ko"
# ## 역전파: 은닉층
#
# 한 층 더 거슬러 갑니다. $h$는 $W_2$의 가중치만큼 $\hat{y}$를
# 움직이고, 시그모이드에서는 그 기울기 $h(1 - h)$가 곱해집니다.
# $W_1$의 가중치는 자신과 곱해지는 $x$만큼 $z$를 움직입니다.
#
# $$\frac{\partial C}{\partial h} = W_2^T \frac{\partial C}{\partial \hat{y}}$$
# $$\frac{\partial C}{\partial z} = \frac{\partial C}{\partial h} \odot h \odot (1 - h)$$
# $$\frac{\partial C}{\partial W_1} = \frac{\partial C}{\partial z} x^T$$
#
# 첫 줄은 행렬 곱(`matmul`)이고, $\odot$는 같은 자리끼리 하는
# 곱(`*`)이며, 열과 행의 곱은 모든 쌍을 곱하는
# 외적(`torch.outer`)입니다.
#
# 줄마다 바로 윗줄의 결과를 쓰므로 같은 계산을 두 번 하지
# 않습니다. 깊은 신경망을 학습할 수 있는 까닭입니다. 이어서
# `backward()`로도 구해서 비교합니다.
#
# 그림의 선에는 각 가중치의 기울기가 적혀 있습니다.

# %% Backward: the hidden layer show="slope_h slope_z slope_W1 slope_b1"
with torch.no_grad():
    slope_h = W2.T.matmul(slope_y)
    slope_z = slope_h * h * (1 - h)
    slope_W1 = torch.outer(slope_z, x)
    slope_b1 = slope_z

cost.backward()

for name, by_hand, parameter in [
    ("W1", slope_W1, W1),
    ("b1", slope_b1, b1),
    ("W2", slope_W2, W2),
    ("b2", slope_b2, b2),
]:
    print(name, "by hand ", by_hand.flatten())
    print("   autograd", parameter.grad.flatten())
    assert torch.allclose(by_hand, parameter.grad)

# %% The network, backward view="every epoch"
labels = [
    "x1",
    "x2",
    *(f"h{at}: {slope:+.3f}" for at, slope in enumerate(slope_h.tolist(), 1)),
    f"ŷ: {slope_y.item():+.3f}",
]
draw_network(slope_W1, slope_W2, labels, "∂C/∂W, ∂C/∂h, ∂C/∂ŷ")

# %% [markdown] lang="en"
# ## Your turn: backward through tanh
#
# Here is the whole way, there and back, as a function for any
# example. The hidden layer is tanh now, and the way back is
# wrong: it goes through tanh as if its slope were 1.
#
# Mend `slope_z`. The check compares all four gradients with
# autograd's, on examples and weights of its own.

# %% [markdown] lang="ko"
# ## 직접 해 보기: tanh의 역전파
#
# 앞으로 갔다가 되돌아오는 길 전체를 함수로 만들었습니다.
# 은닉층의 활성화 함수를 tanh로 바꿨는데, 되돌아오는 길에 tanh의
# 기울기를 1로 여기고 지나가서 결과가 틀립니다.
#
# `slope_z`를 고쳐 보세요. 검사는 새로운 예제와 가중치로 네
# 기울기를 모두 구해서 autograd와 비교합니다.


# %% Backward through tanh show="" tags=["exercise"]
def gradients(x, target, W1, b1, W2, b2):
    # forward
    h = torch.tanh(W1.matmul(x) + b1)
    y_hat = W2.matmul(h) + b2

    # backward
    slope_y = 2 * (y_hat - target)
    slope_h = W2.T.matmul(slope_y)
    slope_z = slope_h
    slope_W1 = torch.outer(slope_z, x)
    slope_W2 = torch.outer(slope_y, h)
    return slope_W1, slope_z, slope_W2, slope_y


with torch.no_grad():
    by_hand = gradients(x, target, W1, b1, W2, b2)
print("W1, b1, W2, b2:", *by_hand, sep="\n")

# %% [markdown] lang="en" tags=["hint"]
# On the way back through an activation function, the slope that
# comes is multiplied by the slope of the function.

# %% [markdown] lang="ko" tags=["hint"]
# 활성화 함수를 거슬러 갈 때는 들어온 기울기에 그 함수의
# 기울기를 곱합니다.

# %% [markdown] lang="en" tags=["hint"]
# As the sigmoid's slope can be written with its output,
# $h(1 - h)$, so can that of tanh: it is 1 where $h = 0$, and
# it fades as $h$ comes near 1 or -1.

# %% [markdown] lang="ko" tags=["hint"]
# 시그모이드의 기울기를 출력으로 $h(1 - h)$라고 쓰듯이 tanh의
# 기울기도 출력으로 쓸 수 있습니다. $h = 0$이면 1이고, $h$가
# 1이나 -1에 가까워지면 0에 가까워집니다.

# %% [markdown] lang="en" tags=["hint"]
# `slope_z = slope_h * (1 - h**2)`

# %% [markdown] lang="ko" tags=["hint"]
# `slope_z = slope_h * (1 - h**2)`


# %% tags=["solution"]
def gradients(x, target, W1, b1, W2, b2):
    # forward
    h = torch.tanh(W1.matmul(x) + b1)
    y_hat = W2.matmul(h) + b2

    # backward
    slope_y = 2 * (y_hat - target)
    slope_h = W2.T.matmul(slope_y)
    slope_z = slope_h * (1 - h**2)
    slope_W1 = torch.outer(slope_z, x)
    slope_W2 = torch.outer(slope_y, h)
    return slope_W1, slope_z, slope_W2, slope_y


with torch.no_grad():
    by_hand = gradients(x, target, W1, b1, W2, b2)
print("W1, b1, W2, b2:", *by_hand, sep="\n")

# %% tags=["check"]
torch.manual_seed(0)
shapes = {"W1": (2, 2), "b1": (2,), "W2": (1, 2), "b2": (1,)}
example, answer = torch.randn(2), torch.randn(1)
parameters = [torch.randn(shape, requires_grad=True) for shape in shapes.values()]
w1, c1, w2, c2 = parameters
((w2.matmul(torch.tanh(w1.matmul(example) + c1)) + c2 - answer) ** 2).sum().backward()
found = gradients(example, answer, *[each.detach() for each in parameters])
off = [
    name
    for name, ours, parameter in zip(shapes, found, parameters, strict=False)
    if ours.shape != parameter.grad.shape or not torch.allclose(ours, parameter.grad, atol=1e-5)
]

assert len(found) == 4, {
    "en": f"gradients must return four tensors, for W1, b1, W2 and b2; it returns {len(found)}",
    "ko": f"W1, b1, W2, b2의 기울기 네 개를 돌려줘야 합니다. 지금은 {len(found)}개입니다",
}
assert not off, {
    "en": f"all four must equal autograd's; yours differ in {' and '.join(off)}",
    "ko": f"기울기 넷이 모두 autograd와 같아야 합니다. 다른 것: {', '.join(off)}",
}

# %% [markdown] lang="en"
# ## The network as a class
#
# The same two layers as a class: `__init__` makes them, and
# `forward` says in which order a value passes through.
#
# There is no sigmoid at the end here. This network is to give
# numbers like 5 or 10, not probabilities, so its last layer is
# left as it is.
#
# A `nn.Linear(2, 2)` holds a weight for each pair of neurons and
# a bias for each neuron that comes out.
#
# How many numbers will this network have to learn?
#
# - [?] `parameter_count` ± 0.4
#   Four weights and two biases, then two weights and one bias: nine.

# %% [markdown] lang="ko"
# ## 클래스로 만드는 신경망
#
# 같은 두 층을 클래스로 만듭니다. 층은 `__init__`에서 만들고,
# 값이 어떤 순서로 지나갈지는 `forward`에서 정합니다.
#
# 이번에는 끝에 시그모이드가 없습니다. 확률이 아니라 5나 10 같은
# 수를 예측해야 하므로 마지막 층의 값을 그대로 내보냅니다.
#
# `nn.Linear(2, 2)`에는 뉴런을 잇는 선마다 가중치가 하나, 출력
# 뉴런마다 편향이 하나 있습니다.
#
# 이 신경망이 배워야 할 수는 모두 몇 개일까요?
#
# - [?] `parameter_count` ± 0.4
#   가중치 넷과 편향 둘, 다시 가중치 둘과 편향 하나, 모두 아홉입니다.


# %% The network as a class
class SimpleNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear1 = nn.Linear(2, 2)
        self.sigmoid = nn.Sigmoid()
        self.linear2 = nn.Linear(2, 1)

    def forward(self, x):
        x = self.linear1(x)
        x = self.sigmoid(x)
        return self.linear2(x)


model = SimpleNN()
parameter_count = 0
for name, parameter in model.named_parameters():
    print(name, list(parameter.shape))
    parameter_count += parameter.numel()
print("to learn:", parameter_count)

# %% [markdown] lang="en"
# ## Training the network
#
# The network learns a number for each of the four inputs, and
# the mean squared error is the cost. Of the slide that this
# example is from only two targets are left, 5 and 10; the two
# in the middle, 6 and 8, were chosen so that the outputs come
# out as they do there.
#
# The drawing is the network itself, line by line: cyan is a weight
# above zero, orange one below, and a thick line is one beyond 2.
# In brackets stands the bias.
#
# How will the curve of the cost look over 1000 epochs?
#
# - [~] `cost`
#   It falls from 51 to 3 in twenty epochs, then slowly to a thousandth.

# %% [markdown] lang="ko"
# ## 신경망 학습하기
#
# 입력 네 쌍에 수를 하나씩 예측하고, cost는 평균 제곱 오차로
# 잽니다. 원래 강의 자료에는 첫째 정답 5와 마지막 정답 10만 남아
# 있습니다. 가운데 둘은 출력이 자료와 같게 나오도록 6과 8로
# 정했습니다.
#
# 그림은 신경망 자체입니다. 청록색 선은 양수, 주황색 선은
# 음수인 가중치이고, 굵은 선은 크기가 2를 넘습니다. 괄호 안은
# 편향입니다.
#
# 1000 에포크 동안 cost 곡선은 어떤 모양이 될까요?
#
# - [~] `cost`
#   20 에포크 만에 51에서 3으로 떨어진 뒤, 0.001까지 천천히 내려갑니다.

# %% Training the network watch="cost" show="W1 b1 W2 b2 hypothesis"
y = torch.tensor([[5.0], [6.0], [8.0], [10.0]])

torch.manual_seed(3)
model = SimpleNN()
W1, b1, W2, b2 = model.parameters()
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)

nb_epochs = 1000
for epoch in range(1, nb_epochs + 1):
    hypothesis = model(X)
    cost = criterion(hypothesis, y)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    if epoch == 1 or epoch % 100 == 0:
        print(f"epoch : {epoch}/{nb_epochs} , cost : {cost.item():.6f}")
print("hypothesis", hypothesis.detach().flatten())

# %% The weights as lines view="every epoch"
labels = [
    "x1",
    "x2",
    *(f"h{at} ({bias:+.2f})" for at, bias in enumerate(b1.tolist(), 1)),
    f"ŷ ({b2.item():+.2f})",
]
draw_network(W1, W2, labels, f"epoch {epoch}: cost {cost.item():.5f}")

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# 200 points in a square, 1 inside a circle and 0 outside. No line
# separates them, and no two lines do.
#
# Write `my_model` and its training. Called with points, `[n, 2]`,
# it answers for each how likely it is to lie inside, `[n, 1]`,
# from 0 to 1.
#
# The checks ask about 1000 other points: 92% must come out right
# (inside is an answer above one half). The drawing shows what your
# model says, once there is one.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 정사각형 안에 점이 200개 있습니다. 원 안에 있으면 1, 밖에
# 있으면 0입니다. 직선 하나로도 둘로도 나눌 수 없습니다.
#
# `my_model`과 학습 코드를 모두 써 보세요. `[n, 2]`를 넣으면
# 점마다 원 안에 있을 확률(0과 1 사이)을 `[n, 1]`로 답해야 합니다.
#
# 검사에서는 다른 점 1000개를 물어보고, 답이 0.5보다 크면 원
# 안이라고 한 것으로 봅니다. 92%를 맞혀야 합니다. 모델이 생기면
# 무엇이라 답하는지 그림으로 볼 수 있습니다.

# %% A blank page tags=["exercise"]
torch.manual_seed(0)
x_points = 2 * torch.rand(200, 2) - 1
y_points = (x_points.norm(dim=1, keepdim=True) < 0.7).float()

# your model, and the loop that trains it

# %% What your model says view="every epoch"
if model_so_far := globals().get("my_model"):
    draw_surface(model_so_far, x_points[:40], y_points[:40], "my_model")
else:
    print("there is no my_model yet")

# %% [markdown] lang="en" tags=["hint"]
# A border that closes into a circle takes several lines, each a
# hidden neuron. How many would you draw a circle with?

# %% [markdown] lang="ko" tags=["hint"]
# 원처럼 닫힌 경계에는 직선이 여러 개 필요하고, 직선 하나가 은닉
# 뉴런 하나입니다. 원을 그리려면 직선이 몇 개쯤 있어야 할까요?

# %% [markdown] lang="en" tags=["hint"]
# 16 hidden neurons with tanh, one for the output with a sigmoid.
# The inputs are small, so SGD bears a rate of 1. 300 epochs are
# enough.

# %% [markdown] lang="ko" tags=["hint"]
# 은닉 뉴런 16개에 tanh, 출력 하나에 시그모이드를 쓰세요. 입력이
# 작으므로 SGD에 학습률 1을 써도 됩니다. 300 에포크면 충분합니다.

# %% [markdown] lang="en" tags=["hint"]
# `my_model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1), nn.Sigmoid())`,
# `optimizer = torch.optim.SGD(my_model.parameters(), lr=1.0)`, and
# in the loop `F.binary_cross_entropy(my_model(x_points), y_points)`

# %% [markdown] lang="ko" tags=["hint"]
# `my_model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1), nn.Sigmoid())`,
# `optimizer = torch.optim.SGD(my_model.parameters(), lr=1.0)`,
# 반복문에는 `F.binary_cross_entropy(my_model(x_points), y_points)`

# %% tags=["solution"]
torch.manual_seed(0)
x_points = 2 * torch.rand(200, 2) - 1
y_points = (x_points.norm(dim=1, keepdim=True) < 0.7).float()

my_model = nn.Sequential(
    nn.Linear(2, 16),
    nn.Tanh(),
    nn.Linear(16, 1),
    nn.Sigmoid(),
)
optimizer = torch.optim.SGD(my_model.parameters(), lr=1.0)

for epoch in range(1, 301):
    output = my_model(x_points)
    cost = F.binary_cross_entropy(output, y_points)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()


# %% tags=["check"]
def asked(points):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(points.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


def weights_behind(answers):
    nodes, found = [answers.grad_fn], set()
    for node in nodes:
        if hasattr(node, "variable"):
            found.add(node.variable)
        nodes += [each for each, _ in getattr(node, "next_functions", ()) if each not in nodes]
    return found


def stayed(answers):
    # what steps pass by is as it was made, and its version says so
    weights = weights_behind(answers)
    return len(weights) > 0 and all(weight._version < 3 for weight in weights)


def length_of(tensors):
    return sum(each.norm().item() ** 2 for each in tensors) ** 0.5


torch.manual_seed(1)
x_new = 2 * torch.rand(1000, 2) - 1
y_new = (x_new.norm(dim=1, keepdim=True) < 0.7).float()
if isinstance(my_model, nn.Module):
    my_model.eval()
is_class = isinstance(my_model, type)
answers = asked(x_new) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [1000, 1]

assert fits, {
    "en": f"for 1000 points my_model must answer in a column, [1000, 1]; yours answers {shape}",
    "ko": f"점 1000개를 넣으면 my_model은 [1000, 1]로 답해야 합니다. 지금은 {shape}입니다",
}
if fits:
    fits = not answers.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    lowest, highest = answers.min().item(), answers.max().item()
    fits = 0 <= lowest <= highest <= 1
    assert fits, {
        "en": f"my_model must answer from 0 to 1; yours answers from {lowest:.2f} to {highest:.2f}:"
        " what stands at its end?",
        "ko": f"my_model은 0과 1 사이로 답해야 합니다. 지금은 {lowest:.2f}부터 {highest:.2f}까지"
        " 답합니다. 마지막에 무엇이 있나요?",
    }
if fits:
    right = ((answers > 0.5) == (y_new > 0.5)).double().mean().item()
    outside = 1 - y_new.mean().item()
    advice = {
        "en": "is there a layer that bends, and was it trained for long enough?",
        "ko": "활성화 함수가 있는 은닉층을 넣고 충분히 학습했나요?",
    }
    if answers.std() < 0.01:
        advice = {
            "en": "it says the same of every point: does its last function suit one number?",
            "ko": "모든 점에 같은 값을 답합니다. 마지막 함수가 수 하나에 알맞은 것인가요?",
        }
    elif stayed(answers):
        advice = {
            "en": "do its weights move? Look at the order zero_grad(), backward(), step(), and"
            " at the parameters that the optimizer holds",
            "ko": "가중치가 움직이고 있나요? zero_grad(), backward(), step()의 순서와 옵티마이저에"
            " 넘긴 파라미터를 확인하세요",
        }
    assert right >= 0.92, {
        "en": "of 1000 points that it has not seen, 92% must come out right;"
        f" yours has {right:.1%}, and to call all of them outside gives {outside:.0%}:"
        f" {advice['en']}",
        "ko": f"처음 보는 점 1000개 중 92%를 맞혀야 합니다. 지금은 {right:.1%}이고, 모두 밖이라고만"
        f" 해도 {outside:.0%}를 맞힙니다. {advice['ko']}",
    }
if fits:
    # what one example asks of the weights, beside what the last epoch left there
    weights = [weight for weight in weights_behind(answers) if weight.grad is not None]
    alone = []
    for at in range(200 if weights else 0):
        cost_of_one = F.binary_cross_entropy(asked(x_points[[at]]), y_points[[at]])
        alone.append(length_of(torch.autograd.grad(cost_of_one, weights)))
    usual = length_of(torch.tensor(alone)) / max(1, len(alone)) ** 0.5
    left = length_of(weight.grad for weight in weights)
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    assert added < 10 or left <= 0.4 * usual + 1e-3, {
        "en": f"each epoch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"에포크마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - A neuron draws one straight line; XOR needs two.
# - A hidden layer with an activation function bends the border.
# - Forward computes the values, backward the slopes, layer by
#   layer; autograd does what you did by hand.
#
# Things to try where two layers learn XOR (`e` writes, `f5` runs,
# `x` brings the code back):
#
# - Leave out the first `nn.Sigmoid()`.
# - Replace it with `nn.ReLU()`, and race the seeds with `V`:
#   `seed: 0 1 2 3 4`. Who gets stuck?
# - Bring the code back, and race `lr: 0.1 1 5`: who leaves the
#   flat part first?
# - Write `X = 2 * (X > 0) - 1.0` at the top: inputs of -1 and 1.

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 뉴런 하나는 직선 하나를 긋습니다. XOR에는 둘이 필요합니다.
# - 은닉층과 활성화 함수가 있으면 경계가 휘어집니다.
# - 순전파는 값을, 역전파는 기울기를 한 층씩 구합니다. 손으로
#   한 일을 autograd가 대신합니다.
#
# 두 층으로 XOR를 배우는 단계로 돌아가서 직접 해 보세요. `e`로
# 쓰고 `f5`로 실행하고 `x`로 되돌립니다.
#
# - 첫 `nn.Sigmoid()`를 빼 보세요.
# - 그 자리에 `nn.ReLU()`를 넣고 `V`로 시드를 경주시켜 보세요.
#   `seed: 0 1 2 3 4`라고 쓰면 됩니다. 누가 갇힐까요?
# - 코드를 되돌리고 `lr: 0.1 1 5`를 경주시키면 누가 평평한 곳을
#   먼저 벗어날까요?
# - 맨 위에 `X = 2 * (X > 0) - 1.0`을 써서 입력을 -1과 1로 바꿔
#   보세요.

# %% [markdown] lang="ko" tags=["words"]
# - `f (cyan) and its slope`: 함수(청록)와 기울기(주황)
# - `What the neuron says`: 뉴런의 답
# - `What it says of XOR`: XOR를 배운 뉴런의 답
# - `What two layers say`: 두 층의 답
# - `The network, forward`: 신경망의 순전파
# - `The network, backward`: 신경망의 역전파
# - `The weights as lines`: 선으로 그린 가중치
# - `What your model says`: 내 모델의 답
# - `step`: 계단
# - `sigmoid`: σ
# - `tanh`: tanh
# - `ReLU`: ReLU
# - `epoch {}: cost {}`: 에포크 {}: cost {}
# - `target {}, cost {}`: 정답 {}, cost {}
# - `there is no my_model yet`: 아직 my_model이 없습니다
